// A medicine that was added in a window of its own is put into the form by its name, which is what the field takes;
// Django would write its number there.

const dismiss = window.dismissAddRelatedObjectPopup;

window.dismissAddRelatedObjectPopup = (popup, number, name) => {
    const field = document.getElementById(popup.name.replace(/__\d+$/, ""));
    dismiss(popup, number, name);
    if (!field?.matches("input.is-name")) return;
    field.value = name;
    field.dispatchEvent(new Event("input", {bubbles: true}));
};
