// Asks the device for a passkey: forms with data-passkey ("create" or "get") and data-options (JSON).
// Without this script, or where the browser has no passkeys, the button stays hidden and the other ways stay open.
(function () {
  "use strict";

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  }

  function written(buffer) {
    let plain = "";
    for (const one of new Uint8Array(buffer)) plain += String.fromCharCode(one);
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function withBytes(options) {
    const given = { ...options, challenge: bytes(options.challenge) };
    if (options.user) given.user = { ...options.user, id: bytes(options.user.id) };
    for (const list of ["excludeCredentials", "allowCredentials"])
      if (options[list]) given[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }));
    return given;
  }

  function asJson(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
      if (credential.response[name]) response[name] = written(credential.response[name]);
    return JSON.stringify({
      id: credential.id, rawId: written(credential.rawId), type: credential.type, response, clientExtensionResults: {},
    });
  }

  async function ask(form) {
    const said = form.querySelector("[data-passkey-said]");
    said.textContent = "";
    try {
      const publicKey = withBytes(JSON.parse(form.dataset.options).publicKey);
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
      form.querySelector("[name=passkey]").value = asJson(credential);
      form.submit();
    } catch {
      said.textContent = said.dataset.passkeySaid; // refused by the person, or by the device
    }
  }

  if (window.PublicKeyCredential)
    for (const form of document.querySelectorAll("form[data-passkey]"))
      for (const button of form.querySelectorAll("[data-passkey-ask]")) {
        button.hidden = false;
        button.addEventListener("click", () => ask(form));
      }
})();
