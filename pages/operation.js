// SPDX-License-Identifier: Apache-2.0
// One operation: what it does, what it takes, what it answers.

import { h, joined } from "./dom.js";
import { inline, markdown } from "./markdown.js";
import { limits, members, resolve, schemaLink, typeText } from "./schema.js";
import { needsToken, tryIt } from "./try.js";

const PLACES = { path: "Path parameters", query: "Query parameters", header: "Request headers" };

export const method = (name) => h("span", { class: "method", "data-method": name }, name.toUpperCase());

/** @param operation `{id, method, path, ...}` of the document, with its tag. */
export function operationPage(document, operation, given) {
  const parameters = (operation.parameters ?? []).map((parameter) => resolve(document, parameter));
  return [
    h("div", { class: "said" },
      h("p", { class: "eyebrow" }, operation.tags[0]),
      h("h1", {}, operation.summary),
      h("p", { class: "address" }, method(operation.method), " ", pathText(operation.path),
        h("button", { type: "button", class: "quiet jump", click: toForm }, "Try it")),
      h("div", { class: "prose" }, markdown(operation.description)),
      needsToken(operation) && h("p", { class: "needs" }, "Needs a token of the scope write."),
      Object.entries(PLACES).map(([place, title]) =>
        parameterTable(title, parameters.filter((parameter) => parameter.in === place))),
      content(document, operation),
      answers(document, operation)),
    tryIt(document, operation, parameters, given),
  ];
}

/** To the form, which on a narrow screen stands behind all there is to read. */
function toForm() {
  const title = document.querySelector(".trying h2");
  title.scrollIntoView();
  title.focus({ preventScroll: true });
}

const pathText = (path) => h("code", { class: "path" }, path.split(/(\{[^}]+\})/).map((piece) =>
  piece.startsWith("{") ? h("em", {}, piece) : joined(piece.split("/"), "/")));

function parameterTable(title, parameters) {
  return parameters.length > 0 && h("section", {},
    h("h2", {}, title),
    h("dl", { class: "members" }, parameters.map((parameter) => h("div", {},
      h("dt", {}, h("code", {}, parameter.name), " ", h("span", { class: "typed" }, typeText(parameter.schema)),
        parameter.required && h("span", { class: "must" }, "required")),
      h("dd", {}, h("p", {}, inline(parameter.description)), limits(parameter.schema),
        parameter.example !== undefined
          && h("p", { class: "limits" }, "for example ", h("code", {}, String(parameter.example))))))));
}

function content(document, { requestBody }) {
  if (!requestBody) return undefined;
  return Object.entries(requestBody.content).map(([type, { schema, examples }]) => h("section", {},
    h("h2", {}, "Request body ", h("span", { class: "typed" }, type)),
    h("p", {}, inline(requestBody.description)),
    h("p", { class: "limits" }, typeText(schema)),
    members(document, schema),
    Object.entries(examples ?? {}).map(([name, example]) => h("details", {}, h("summary", {}, `Example: ${name}`),
      h("pre", { tabindex: 0 }, JSON.stringify(resolve(document, example).value, null, 2))))));
}

/** What is answered when all is well comes first and open; the problems by status, one line each. */
function answers(document, operation) {
  const all = Object.entries(operation.responses).map(([status, response]) => [status, resolve(document, response)]);
  const isProblem = ([, response]) => response.content?.["application/problem+json"];
  return h("section", {},
    h("h2", {}, "Responses"),
    all.filter((one) => !isProblem(one)).map(([status, response]) => answer(document, status, response)),
    h("h2", {}, "Problems"),
    h("p", { class: "soft" }, "Each is a problem document (RFC 9457) of the schema ", schemaLink("Problem"),
      "; its page says what to do."),
    h("dl", { class: "problems" }, all.filter(isProblem).map(([status, response]) => h("div", {},
      h("dt", {}, status), h("dd", {}, markdown(response.description))))));
}

function answer(document, status, response) {
  const types = Object.entries(response.content ?? {});
  const headers = Object.entries(response.headers ?? {});
  return h("details", { class: "answer", open: status.startsWith("2") },
    h("summary", {}, h("strong", {}, status), " ", inline(response.description)),
    types.map(([type, { schema }]) => h("div", {},
      h("p", { class: "limits" }, h("code", {}, type), " ", typeText(schema ?? {})),
      // Of plain types all is said already.
      type.endsWith("json") && schema?.type !== "string" && schema && members(document, schema))),
    headers.length > 0 && h("details", {}, h("summary", {}, `${headers.length} header fields`),
      h("dl", { class: "members" }, headers.map(([name, header]) => {
        const field = resolve(document, header);
        return h("div", {},
          h("dt", {}, h("code", {}, name), !field.required && h("span", { class: "may" }, "optional")),
          h("dd", {}, inline(field.description)));
      }))));
}
