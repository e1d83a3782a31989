// The officer's page. It sends what was entered to its own service and shows the report. What a document says reaches the
// page as text only: nothing here reads markup, and the page's security policy would refuse it.
"use strict";

const $ = (id) => document.getElementById(id);

// The words of the verdicts and statuses, and the shapes of the findings.
const looks = {
  accept: { word: "ACCEPT", means: "Sealed by a trusted issuer, and nothing speaks against it." },
  refer: { word: "REFER", means: "A trained person should look. This is not a finding of forgery." },
  reject: { word: "REJECT", means: "The document itself is proved not to be valid." },
};
const statuses = {
  authentic: "a trusted issuer sealed exactly this content",
  invalid: "the seal or the issuer disproves it",
  untrusted: "no key on the trust list is known to have sealed it",
  unsealed: "it carries no seal of an issuer",
  unreadable: "it is no document that is known here, or a damaged one",
  indeterminate: "something that is needed could not be checked",
};
const shapes = { inform: "inform", protect: "protect", doubt: "refer", disqualify: "reject" };

// ---- Text ----

// visible makes a text of a stranger safe to read: whatever hides or turns around other characters is spelled out as
// \u{202E}, as the command does. Letters of every script stay, and so do the joiners that some need.
function visible(value) {
  let out = "";
  let marks = 0;
  for (const c of String(value)) {
    const joiner = c === "\u200c" || c === "\u200d"; // does not end a pile of marks
    if (/[\p{Mn}\p{Me}]/u.test(c)) marks++;
    else if (!joiner) marks = 0;
    const printable = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(c) && c !== "\ufffd" && marks <= 8;
    out += joiner || printable ? c : "\\u{" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "}";
  }
  return out;
}

// join puts the parts that are not empty together.
const join = (separator, ...parts) => parts.filter((p) => p !== undefined && p !== "" && p !== null).join(separator);

// hex writes a base64 key ID as the command does.
function hex(base64) {
  return Array.from(atob(base64 || ""), (c) => c.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

// ---- Elements ----

// el makes an element. Children that are texts become text.
function el(tag, properties, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined) continue;
    if (name === "class") e.className = value;
    else e.setAttribute(name, value);
  }
  e.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
  return e;
}

// said is an element for what a document says, in the direction of its own script.
const said = (tag, value, properties) => el(tag, { dir: "auto", translate: "no", ...properties }, visible(value));

function shape(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "shape");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("viewBox", "0 0 48 48");
  use.setAttribute("href", "#" + name);
  svg.append(use);
  return svg;
}

// A list of terms that leaves out what is empty.
class Terms {
  constructor() { this.dl = el("dl", { class: "claims" }); }
  add(term, value, properties) {
    if (value === undefined || value === "" || value === null) return;
    this.dl.append(el("dt", null, visible(term)), said("dd", value, properties));
  }
}

// ---- The report ----

// todo is the next step of a finding; what needs nothing has none.
const todo = (f) => (f.next && !f.next.startsWith("Nothing") ? f.next : "");

function finding(f) {
  return el("li", { class: f.effect },
    f.effect === "protect" ? null : shape(shapes[f.effect] || "refer"),
    el("div", null,
      said("p", f.text),
      todo(f) && said("p", "Next: " + todo(f), { class: "next" }),
      said("p", join(" · ", join(": ", f.where, f.detail), f.code, f.cite), { class: "fine" })));
}

function findings(title, list, level) {
  if (list.length === 0) return null;
  return el("section", null, el(level, null, title), el("ul", { class: "findings" }, ...list.map(finding)));
}

function verdictBanner(verdict) {
  const look = looks[verdict] || looks.refer;
  return el("div", { class: "verdict " + (looks[verdict] ? verdict : "refer") },
    shape(looks[verdict] ? verdict : "refer"),
    el("div", null,
      el("h2", { class: "word", id: "verdict", tabindex: "-1" }, look.word),
      el("p", null, look.means)));
}

function help(list) {
  if (list.length === 0) return null;
  return el("section", { class: "help", "aria-labelledby": "help" },
    el("h2", { id: "help" }, shape("protect"), "Offer help first"),
    el("ul", { class: "findings" }, ...list.map(finding)));
}

// late is the word before the claims of a document whose own dates rule it out.
function late(d) {
  for (const f of d.findings) {
    if (f.code === "time.expired") return "EXPIRED";
    if (f.code === "time.not_yet_valid") return "NOT YET VALID";
  }
  return "";
}

function person(terms, s) {
  for (const n of s.names || []) {
    const name = join(" ", n.given_name, n.family_name) || n.full_name;
    if (n.script === "icao") terms.add("In capitals", join(", ", n.family_name, n.given_name) || n.full_name, { class: "mono" });
    else terms.add("Name", name, { class: "name" });
  }
  terms.add("Born", s.birth_date || "not stated");
  terms.add("Sex", s.sex);
  terms.add("Nationality", s.nationality);
}

const coded = (c) => (c ? (c.text ? c.text + " (" + c.code + ")" : c.code) : "");

function event(terms, e) {
  terms.add("Date", e.date);
  terms.add("Valid", e.from || e.until ? join(" to ", e.from || "no start stated", e.until || "no end stated") : "");
  terms.add("Against", coded(e.target));
  terms.add("Prophylaxis", coded(e.prophylaxis));
  terms.add("Product", coded(e.product));
  terms.add("Maker", coded(e.manufacturer));
  terms.add("Dose", e.dose || e.doses ? (e.dose || 0) + " of " + (e.doses || 0) : "");
  terms.add("Kind of test", coded(e.test_type));
  terms.add("Test", e.test_name);
  terms.add("Result", coded(e.result));
  terms.add("Place", e.place);
  terms.add("Country", e.country);
  terms.add("Issuer", e.issuer);
  terms.add("Identifier", e.id, { class: "mono" });
}

const capital = (s) => s.charAt(0).toUpperCase() + s.slice(1);

// portrait shows the sealed picture. Its bytes come from a stranger, so only the kinds that browsers read best are tried.
function portrait(p) {
  if (!p) return null;
  if (p.media_type !== "image/jpeg" && p.media_type !== "image/png") {
    return el("p", { class: "fine" }, "The document carries a portrait that a browser cannot show.");
  }
  const bytes = Uint8Array.from(atob(p.data), (c) => c.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: p.media_type }));
  shown.push(url);
  return el("img", { class: "portrait", src: url, alt: "Portrait from the document. Compare it with the person." });
}

function claims(c, validity, title) {
  const nodes = [];
  const group = (heading, fill) => {
    const terms = new Terms();
    fill(terms);
    if (terms.dl.childElementCount > 0) nodes.push(el("h4", null, visible(heading)), terms.dl);
  };
  const people = c.subjects || (c.holder ? [c.holder] : []);
  people.forEach((s, i) => group(people.length > 1 ? "Person " + (i + 1) : title, (t) => person(t, s)));
  if (c.portrait) nodes.push(portrait(c.portrait));
  for (const e of c.events || []) group(capital(e.kind || "event"), (t) => event(t, e));
  for (const d of c.documents || []) {
    group("Document", (t) => {
      t.add("Kind", d.type);
      t.add("Number", d.number, { class: "mono" });
      t.add("Issued by", d.issuing_state);
      t.add("Issued", d.issued);
      t.add("Expires", d.expires);
    });
  }
  group("Dates of the document", (t) => {
    const v = validity || {};
    t.add("Valid from", v.not_before || v.issued_at);
    t.add("Valid to", v.not_after || (validity ? "no end stated" : ""));
  });
  group("Further fields", (t) => Object.entries(c.extra || {}).forEach(([name, value]) => t.add(name, value)));
  return nodes;
}

function seals(list) {
  const terms = new Terms();
  for (const s of list || []) {
    const a = s.anchor;
    const signer = a ? join(" ", "of", a.issuer, a.country) + (a.source ? " (" + a.source + (a.lists ? ", on " + a.lists + " lists" : "") + ")" : "") : "";
    terms.add("Seal", join(" ", s.algorithm || s.envelope, s.key_id ? "key " + hex(s.key_id) : "", signer) + ": " + s.status);
  }
  return terms.dl.childElementCount > 0 ? [el("h4", null, "How this is known"), terms.dl] : [];
}

// sourceName says where in the form a document came from.
function sourceName(source, sent) {
  const [, place, within, code] = /^([^#/]*)(\/[^#]*)?(?:#(\d+))?$/.exec(source || "") || [];
  const named = sent[place] ? sent[place] + (within || "") : source || "";
  return code ? named + ", code " + code : named;
}

function documentCard(d, sent, several) {
  const word = late(d);
  const card = el("article", { class: "card" },
    el("h3", null, visible(d.title || "Unknown document")),
    said("p", sourceName(d.source, sent), { class: "source" }),
    several ? el("p", { class: "state " + d.verdict }, shape(d.verdict), (looks[d.verdict] || looks.refer).word) : null,
    el("p", null, el("strong", null, capital(d.status)), statuses[d.status] ? ": " + statuses[d.status] + "." : ""));
  if (word) card.append(el("p", null, el("strong", { class: "tag late" }, word)));
  const against = (f) => f.effect === "doubt" || f.effect === "disqualify";
  const own = d.findings.filter((f) => f.effect !== "protect"); // offers of help stand above the verdict
  const first = own.filter((f) => against(f) || todo(f));
  const reasons = findings(first.some(against) ? "Reasons and next steps" : "Next step", first, "h4");
  if (reasons) card.append(reasons);
  if (d.verified) card.append(...claims(d.verified, d.validity, "Holder, as the issuer vouched"));
  if (d.unverified) {
    card.append(el("section", { class: "unproved-claims", "aria-label": "Unverified" },
      el("p", null, el("strong", { class: "tag unproved" }, "UNVERIFIED")),
      el("p", null, "Nobody has vouched for what follows."),
      ...claims(d.unverified, d.validity, "Holder, as the document says")));
  }
  card.append(...seals(d.seals));
  const rest = findings("Notes", own.filter((f) => !first.includes(f)), "h4");
  if (rest) card.append(rest);
  return card;
}

function basis(r) {
  const t = r.trust;
  const terms = new Terms();
  terms.add("Trust list", t.list ? t.list + (t.version ? ", version " + t.version : "") + ", " + t.keys + " keys" : "none");
  terms.add("Its age", t.age ? t.age.replace(/^(\d+)d(\d+)h$/, "$1 days $2 hours") + ", " + t.state : t.state);
  if (t.expires) terms.add("It expires", t.expires);
  terms.add("Policy", r.policy.id);
  terms.add("As of", r.as_of);
  terms.add("Checked at", r.checked_at);
  terms.add("Program", "travelseal " + r.software.version);
  return el("section", { class: "card basis" }, el("h2", null, "Checked against"), terms.dl);
}

function nextTraveller() {
  const button = el("button", { type: "button", class: "button" }, "Clear for the next traveller");
  button.addEventListener("click", startAgain);
  return el("p", { class: "again" }, button);
}

function report(r, sent) {
  const offers = [r, ...r.documents].flatMap((part) => part.findings.filter((f) => f.effect === "protect"));
  const others = r.findings.filter((f) => f.effect !== "protect");
  const about = findings("About this check", others, "h3");
  return [
    help(offers),
    verdictBanner(r.verdict),
    ...r.documents.map((d) => documentCard(d, sent, r.documents.length > 1)),
    about && el("div", { class: "card" }, about),
    basis(r),
    nextTraveller(),
  ].filter((n) => n !== null);
}

function problem(p) {
  return el("section", { class: "problem" },
    el("h2", { tabindex: "-1", id: "verdict" }, visible(p.title)),
    p.detail && said("p", p.detail),
    p.next && said("p", "Next: " + p.next));
}

// ---- The form ----

const pictures = []; // the files that were chosen
const shown = []; // addresses of portraits
let running = null; // the check that is underway

function listPictures() {
  $("chosen").replaceChildren(...pictures.map((file, i) => {
    const remove = el("button", { type: "button", class: "button", "aria-label": "Remove " + visible(file.name) }, "Remove");
    remove.addEventListener("click", () => {
      pictures.splice(i, 1);
      listPictures();
      $("pictures").focus();
    });
    return el("li", null, said("span", file.name), remove);
  }));
  $("chosen").hidden = pictures.length === 0;
}

function addPictures(files) {
  pictures.push(...files);
  listPictures();
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

// collect makes the request, and the names by which the report's sources are shown.
async function collect() {
  const documents = [];
  const sent = { mrz: "Machine readable lines" };
  if ($("text").value.trim() !== "") {
    documents.push({ text: $("text").value });
    sent["document-1"] = "Text of the code";
  }
  for (const file of pictures) {
    documents.push({ base64: await base64(file) });
    sent["document-" + documents.length] = file.name;
  }
  const body = { documents, show_unverified: $("unverified").checked };
  const mrz = $("mrz").value.trim();
  if (mrz !== "") body.mrz = mrz;
  return { body, sent, empty: documents.length === 0 && mrz === "" };
}

function forget() {
  $("result").replaceChildren();
  while (shown.length > 0) URL.revokeObjectURL(shown.pop());
}

function show(nodes, words) {
  $("result").replaceChildren(...nodes);
  $("status").textContent = words;
  $("verdict").focus({ preventScroll: true });
  $("result").scrollIntoView({ block: "start" });
}

async function ask(body, signal) {
  const answer = await fetch("/v1/verify", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal,
    cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer",
  });
  return { ok: answer.ok, value: await answer.json() };
}

async function check() {
  if (running) return;
  const mine = running = new AbortController();
  $("check").setAttribute("aria-disabled", "true");
  $("status").textContent = "Checking…";
  forget();
  try {
    const { body, sent, empty } = await collect();
    if (mine.signal.aborted) return;
    if (empty) {
      $("status").textContent = "Paste the text of a code, choose a picture, or enter machine readable lines.";
      $("text").focus();
      return;
    }
    const answer = await ask(body, mine.signal);
    if (mine.signal.aborted) return;
    if (answer.ok) show(report(answer.value, sent), "Result: " + (looks[answer.value.verdict] || looks.refer).word);
    else show([problem(answer.value)], "The request could not be run.");
  } catch (e) {
    if (mine.signal.aborted) return;
    show([problem({
      title: "The service did not answer, or a file could not be read.",
      next: "Try again. If it stays so, tell those who keep the service, and refer the traveller to a colleague.",
    })], "The request could not be run.");
  } finally {
    if (running === mine) {
      running = null;
      $("check").removeAttribute("aria-disabled");
    }
  }
}

// clear removes everything from the page, and stops a check that is underway.
function clear() {
  if (running) running.abort();
  running = null;
  $("check").removeAttribute("aria-disabled");
  $("form").reset();
  pictures.length = 0;
  listPictures();
  forget();
  $("status").textContent = "";
}

function startAgain() {
  clear();
  $("text").focus();
}

$("form").addEventListener("submit", (e) => {
  e.preventDefault();
  check();
});
$("clear").addEventListener("click", startAgain);
$("pictures").addEventListener("change", () => {
  addPictures($("pictures").files);
  $("pictures").value = ""; // so that the same file can be chosen again
});

// Files may be dropped anywhere: elsewhere a browser would open them in place of the page. Text is left to the fields.
const carriesFiles = (e) => e.dataTransfer.types.includes("Files");
addEventListener("dragover", (e) => {
  if (!carriesFiles(e)) return;
  e.preventDefault();
  $("drop").classList.add("over");
});
for (const end of ["dragleave", "drop"]) addEventListener(end, () => $("drop").classList.remove("over"));
addEventListener("drop", (e) => {
  if (!carriesFiles(e)) return;
  e.preventDefault();
  addPictures(e.dataTransfer.files);
});
addEventListener("paste", (e) => {
  if (e.clipboardData.files.length > 0) addPictures(e.clipboardData.files);
});

// A page that is left and come back to must be empty.
addEventListener("pagehide", clear);
