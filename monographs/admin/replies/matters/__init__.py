"""What is open about one reply: reports, appeals, words to take out, a cry for help, a person's wish."""
