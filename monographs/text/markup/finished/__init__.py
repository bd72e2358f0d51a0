"""What is added to finished HTML: slots, pictures of people, links to dial, marks of wide tables."""
