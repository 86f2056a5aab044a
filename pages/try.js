// SPDX-License-Identifier: Apache-2.0
// Sends an operation to the server that this page comes from, and shows the same as a line for a terminal.

import { backOff, home, token } from "./api.js";
import { announce, h } from "./dom.js";

/** More of an answer than this is counted, not shown. */
const MOST_SHOWN = 200_000;

/** Whether nobody is answered without one: no way in that the document names goes without. */
export const needsToken = ({ security }) => security?.length > 0 && security.every((one) => Object.keys(one).length > 0);

/** @param {URLSearchParams} given what the address fills in, by parameter. */
export function tryIt(document, operation, parameters, given) {
  const fields = parameters.map((parameter) => ({ parameter, element: fieldFor(parameter, given.get(parameter.name)) }));
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const example = Object.values(content?.examples ?? {})[0]?.value;
  const body = content && h("textarea", { id: "try-body", rows: 12, spellcheck: "false" }, JSON.stringify(example ?? {}, null, 2));
  const accepted = answerTypes(operation);
  const accept = accepted.length > 1 && h("select", { id: "try-accept" }, accepted.map((name) => h("option", {}, name)));
  const secret = h("input", { id: "try-token", type: "password", autocomplete: "off", value: token.get(), placeholder: "readout_…" });
  const line = h("pre", { class: "curl", tabindex: 0, "aria-label": "The request as a curl line" });
  const result = h("div", { class: "result", "aria-live": "polite" });
  const send = h("button", { type: "submit" }, "Send");

  /** The request as it stands in the form. */
  function request() {
    const chosen = (place) => fields.filter(({ parameter, element }) => parameter.in === place && element.value !== "");
    let path = operation.path;
    for (const { parameter, element } of chosen("path")) {
      path = path.replace(`{${parameter.name}}`, encodeURIComponent(element.value));
    }
    const url = new URL(path.slice(1), home);
    for (const { parameter, element } of chosen("query")) url.searchParams.append(parameter.name, element.value);
    const headers = Object.fromEntries(chosen("header").map(({ parameter, element }) => [parameter.name, element.value]));
    if (accept) headers.Accept = accept.value;
    if (body) headers["Content-Type"] = type;
    if (secret.value) headers.Authorization = `Bearer ${secret.value}`;
    return { url, method: operation.method.toUpperCase(), headers, body: body?.value };
  }

  function show() {
    line.textContent = curl(request(), needsToken(operation));
    token.set(secret.value);
    const chosen = fields.filter(({ element }) => element.value !== "");
    const query = new URLSearchParams(chosen.map(({ parameter, element }) => [parameter.name, element.value]));
    history.replaceState(history.state, "", `#/${operation.operationId}${query.size ? `?${query}` : ""}`);
  }

  let stop;
  const form = h("form", {
    class: "try", input: show,
    submit: async (event) => {
      event.preventDefault();
      if (stop) return stop.abort();
      stop = new AbortController();
      send.textContent = "Stop";
      try {
        await perform(request(), result, stop.signal);
      } finally {
        stop = undefined;
        send.textContent = "Send";
      }
    },
  },
    h("h2", { tabindex: -1 }, "Try it"),
    operation.method !== "get" && h("p", { class: "needs" }, "This changes what the server has."),
    fields.map(({ parameter, element }) => labelled(parameter.name, element, parameter.required)),
    accept && labelled("Accept", accept), body && labelled(type, body),
    labelled("Token", secret),
    h("div", { class: "buttons" }, send,
      h("button", {
        type: "button", class: "quiet", click: async ({ target }) => {
          await navigator.clipboard.writeText(line.textContent);
          target.textContent = "Copied";
          announce("Copied");
          setTimeout(() => (target.textContent = "Copy curl line"), 1500);
        },
      }, "Copy curl line")),
    line);
  show();
  return h("aside", { class: "trying", "aria-label": "Try it" }, form, result);
}

const labelled = (name, element, isRequired) =>
  h("label", { for: element.id }, h("span", {}, name, isRequired && h("span", { class: "must" }, "required")), element);

function fieldFor(parameter, given) {
  const { name, schema, required, example } = parameter;
  const id = `try-${name}`;
  const choices = schema.enum ?? (schema.type === "boolean" ? [true, false] : undefined);
  if (choices) {
    const select = h("select", { id, required },
      !required && h("option", { value: "" }, "–"), choices.map((value) => h("option", {}, String(value))));
    if (given !== null) select.value = given;
    return select;
  }
  // What has to be there is filled in; the rest shows how it could be.
  const value = given ?? (required ? (example ?? "") : "");
  return h("input", {
    id, required, value: String(value), placeholder: String(example ?? ""), autocomplete: "off", spellcheck: "false",
  });
}

function answerTypes({ responses }) {
  const found = Object.entries(responses).find(([status]) => status.startsWith("2"));
  return Object.keys(found?.[1].content ?? {});
}

/** A word of a shell, quoted where it has to be. */
const quoted = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** The request as one types it into a terminal, a line for each part. A secret does not belong on a screen or in a shell's history. */
function curl({ url, method, headers: { Authorization, ...headers }, body }, needsToken) {
  // A stream is shown as it comes, also where it goes to a file.
  const unbuffered = headers.Accept === "text/event-stream" ? " -N" : "";
  const lines = [`curl -i${unbuffered}${method === "GET" ? "" : ` -X ${method}`}`, quoted(url.href)];
  if (Authorization || needsToken) lines.push('-H "Authorization: Bearer $TOKEN"');
  for (const [name, value] of Object.entries(headers)) lines.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (body) lines.push(`--data-raw ${quoted(body)}`);
  return lines.join(" \\\n  ");
}

async function perform({ url, method, headers, body }, result, signal) {
  const began = performance.now();
  result.replaceChildren(h("p", { class: "soft" }, "Waiting for the answer …"));
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(url, { method, headers, body, signal, cache: "no-store" });
      return await show(response, Math.round(performance.now() - began), result, signal);
    } catch {
      if (signal.aborted) return void result.append(h("p", { class: "soft" }, "Stopped."));
      // A change is not sent twice by itself: it may have been made.
      const again = method === "GET" && attempt < 5;
      result.replaceChildren(h("p", { class: "needs" }, `The server does not answer.${again ? " Trying again." : ""}`));
      if (!again) return;
      await new Promise((resolve) => setTimeout(resolve, backOff(attempt)));
    }
  }
}

async function show(response, milliseconds, result, signal) {
  const isFine = response.status < 400;
  const text = h("pre", { class: "body", tabindex: 0, "aria-label": "The content of the answer" });
  result.replaceChildren(
    h("p", { class: "outcome", "data-fine": String(isFine) },
      h("strong", {}, `${response.status} ${response.statusText}`), ` in ${milliseconds} ms`),
    h("details", {}, h("summary", {}, "Header fields"),
      h("pre", { tabindex: 0 }, [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n"))),
    text);
  let whole = "";
  for await (const piece of read(response, signal)) {
    whole += piece;
    if (whole.length < MOST_SHOWN) text.append(piece);
  }
  if (!whole) return text.remove();
  if (whole.length > MOST_SHOWN) return text.append(`\n… ${whole.length.toLocaleString("en")} characters in all`);
  if (/json$/.test(response.headers.get("Content-Type")?.split(";")[0] ?? "")) text.replaceChildren(...coloured(whole));
}

async function* read(response, signal) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (reader) {
    signal.throwIfAborted();
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** JSON with its lines, names and values told apart. */
function coloured(text) {
  let laidOut;
  try {
    laidOut = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return [text];
  }
  const pieces = [];
  let position = 0;
  for (const found of laidOut.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*/g)) {
    pieces.push(laidOut.slice(position, found.index));
    const kind = found[1] ? "name" : found[0].startsWith('"') ? "text" : "value";
    pieces.push(h("span", { class: kind }, found[0]));
    position = found.index + found[0].length;
  }
  return [...pieces, laidOut.slice(position)];
}
