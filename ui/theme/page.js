/* The page's own behaviour in the browser: buttons in our HTML become Gradio events, and what needs no server
   (copying, opening forms, light and dark, downloads) is done here. Nothing is fetched from anywhere.
   No offset into a document is ever computed here: a browser counts UTF-16 units, documents count characters. */
(function () {
  "use strict";
  var store = window.localStorage;
  var opener = null; // what opened the evidence, so that closing it gives the focus back
  var LOCAL = { toggle: toggle, copy: copy, theme: theme, "sign-out": signOut };

  function surface(element) {
    return element.closest(".pa-surface") || element;
  }

  function payloadOf(element) {
    var holder = element.closest("[data-payload]");
    var data = holder ? JSON.parse(holder.dataset.payload) : {};
    Object.keys(element.dataset).forEach(function (key) {
      if (key !== "act" && key !== "form") data[key] = element.dataset[key];
    });
    return data;
  }

  function attach(element, trigger, watch, upload) {
    element.classList.add("pa-surface");
    element.addEventListener("click", function (event) {
      var button = event.target.closest("[data-act]");
      if (!button || !element.contains(button)) return;
      if (event.target.closest("button, a, input, select, label, summary") && button.tagName === "TR") return;
      event.preventDefault();
      var name = button.dataset.act;
      if (LOCAL[name]) return LOCAL[name](button, element);
      if (name === "cite" || name === "row" || name === "open") {
        opener = button;
        // The same evidence again changes nothing on the page, so nothing else would bring it forward.
        document.querySelectorAll(".pa-evidence.is-open").forEach(forward);
      }
      if (name === "close") closed();
      trigger(name === "ask" ? "submit" : name, payloadOf(button));
    });
    element.addEventListener("keydown", function (event) {
      var button = event.target.closest('[data-act][role="button"]');
      if (button && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        button.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      }
      var field = event.target.closest("textarea");
      if (field && event.key === "Enter" && !event.shiftKey && !event.isComposing && field.form) {
        event.preventDefault();
        field.form.requestSubmit();
      }
    });
    element.addEventListener("submit", function (event) {
      event.preventDefault();
      var form = event.target;
      var data = payloadOf(form);
      new FormData(form, event.submitter).forEach(function (value, key) {
        if (typeof value !== "string") return;
        if (key === "plot") data.plot = (data.plot || []).concat(value);
        else data[key] = value;
      });
      if (form.dataset.form === "edit") form.hidden = true;
      trigger(form.dataset.form === "edit" ? "submit" : form.dataset.form, data);
    });
    ["dragover", "dragleave", "drop"].forEach(function (kind) {
      element.addEventListener(kind, function (event) {
        var zone = event.target.closest("[data-drop]");
        if (!zone) return;
        event.preventDefault();
        zone.classList.toggle("is-over", kind === "dragover");
        if (kind === "drop") send(zone, event.dataTransfer.files, trigger, upload);
      });
    });
    element.addEventListener("change", function (event) {
      var zone = event.target.closest("[data-drop]");
      if (zone) return send(zone, event.target.files, trigger, upload);
      var form = event.target.closest("form[data-live]");
      if (form) form.requestSubmit();
    });
    watch("value", function () {
      shown(element);
    });
    shown(element);
  }

  async function send(zone, list, trigger, upload) {
    var said = zone.querySelector(".pa-live");
    var files = Array.from(list);
    var fits = files.filter(function (file) { return file.size <= Number(zone.dataset.limit); });
    var refused = files.filter(function (file) { return fits.indexOf(file) < 0; });
    said.textContent = zone.dataset.sending.replace("{count}", fits.length);
    var sent = [];
    for (var i = 0; i < fits.length; i++) {
      try {
        sent.push({ name: fits[i].name, path: (await upload(fits[i])).path });
      } catch (error) {
        refused.push(fits[i]);
      }
    }
    var names = refused.map(function (file) { return file.name; }).join(", ");
    said.textContent = names ? zone.dataset.refused.replace("{names}", names) : "";
    zone.reset();
    if (sent.length) trigger("bring", { files: sent });
  }

  function shown(element) {
    var turns = element.querySelectorAll(".pa-turn");
    var state = turns.length + (element.querySelector(".is-pending") ? "?" : "");
    if (turns.length && element.dataset.turns !== state) {
      var box = element.closest(".block.pa-scroll");
      var last = turns[turns.length - 1];
      if (box && box.scrollHeight > box.clientHeight) box.scrollTop += last.getBoundingClientRect().top - box.getBoundingClientRect().top - 4;
      else if (element.dataset.turns !== undefined) last.scrollIntoView({ block: "start" });
    }
    if (element.querySelector(".pa-chat")) element.dataset.turns = state;
    var panel = element.querySelector(".pa-evidence");
    if (!panel) return;
    document.body.classList.toggle("pa-evidence-open", !!document.querySelector(".pa-evidence.is-open"));
    var mark = panel.querySelector("mark[data-first]");
    var text = panel.querySelector(".pa-original");
    if (mark && text) text.scrollTop = Math.max(0, mark.offsetTop - text.offsetTop - 60);
    if (opener && panel.classList.contains("is-open")) {
      forward(panel);
    } else if (panel.classList.contains("is-open")) {
      panel.classList.add("is-automatic");
    }
  }

  function forward(panel) {
    if (panel.offsetParent === null && getComputedStyle(panel).position !== "fixed") return; // another tab's
    panel.classList.remove("is-automatic");
    panel.focus({ preventScroll: window.innerWidth < 900 });
    panel.scrollIntoView({ block: "nearest" });
  }

  function closed() {
    if (opener && document.contains(opener)) opener.focus();
    opener = null;
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var close = document.querySelector('.pa-evidence.is-open [data-act="close"]');
    if (close && close.offsetParent !== null) close.click();
  });

  function toggle(button, element) {
    var scope = button.closest(".pa-turn, .pa-row, .pa-surface") || element;
    var form = scope.querySelector('[data-form="' + button.dataset.target + '"]');
    if (!form) return;
    form.hidden = !form.hidden;
    if (form.hidden) {
      var back = scope.querySelector('[data-act="toggle"][data-target="' + button.dataset.target + '"]');
      if (back) back.focus();
      return;
    }
    var first = form.querySelector("textarea, input, button");
    if (first) first.focus();
  }

  function copy(button) {
    var said = surface(button).querySelector(".pa-live");
    var card = button.closest(".pa-card");
    if (card && card.querySelector(".pa-live")) said = card.querySelector(".pa-live");
    function tell(done) {
      if (said) said.textContent = done ? button.dataset.done : button.dataset.failed;
    }
    // navigator.clipboard exists only on https and loopback; an intranet page over http takes the old way.
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(button.dataset.copy).then(
        function () { tell(true); },
        function () { tell(copyByField(button.dataset.copy)); }
      );
    } else tell(copyByField(button.dataset.copy));
  }

  function copyByField(text) {
    var field = document.createElement("textarea");
    var focused = document.activeElement;
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "pa-sr";
    document.body.appendChild(field);
    field.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    field.remove();
    if (focused) focused.focus();
    return done;
  }

  function applyTheme() {
    var kept = store.getItem("policy-assistant.theme");
    var dark = kept ? kept === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.classList.toggle("pa-dark", dark);
    if (document.body) document.body.classList.toggle("dark", dark);
  }

  function theme() {
    var dark = document.documentElement.classList.contains("pa-dark");
    store.setItem("policy-assistant.theme", dark ? "light" : "dark");
    applyTheme();
  }

  function signOut(button) {
    Object.keys(store).forEach(function (key) {
      if (key.indexOf("policy-assistant.conversation") === 0) store.removeItem(key);
    });
    window.location.assign(button.getAttribute("href"));
  }

  function downloads(element, props, watch) {
    watch("value", function () {
      if (!props.value) return;
      var file = JSON.parse(props.value);
      var bytes = Uint8Array.from(atob(file.base64), function (c) { return c.charCodeAt(0); });
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
      link.download = file.name;
      document.body.appendChild(link);
      link.click();
      link.remove();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    });
  }

  window.PolicyPage = { attach: attach, downloads: downloads };
  applyTheme();
  document.addEventListener("DOMContentLoaded", function () {
    applyTheme();
    // Gradio sets its own class when it starts; the reader's choice stands.
    new MutationObserver(function () {
      if (document.body.classList.contains("dark") !== document.documentElement.classList.contains("pa-dark"))
        applyTheme();
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);
})();
