{% load static %}// Build {{ build }}.
// Keeps the pages that somebody read last, for when there is no network. The network is always asked first, and what it
// says holds: a story that was taken away is taken out of here too, with every page that names it.
const PAGES = "pages", STATIC = "static", PICTURES = "pictures";
const MOST = { [PAGES]: 30, [STATIC]: 80, [PICTURES]: 90 };
const AGAIN = 10 * 60 * 1000;
const FIRST = [{% for one in first %}"{{ one|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const EDITION = /^\/ar\//;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(PAGES).then((cache) => cache.addAll(["/offline/", "/ar/offline/"])));
  event.waitUntil(caches.open(STATIC).then((cache) => cache.addAll(FIRST)));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (!pathname.startsWith("{{ desk }}") && !/\.\w+$/.test(pathname)) event.respondWith(page(event));
  } else if (pathname.startsWith("{{ static_prefix }}")) event.respondWith(file(event));
  else if (pathname.startsWith("/media/") && request.destination === "image") event.respondWith(picture(event, searchParams));
});

async function page(event) {
  try {
    const answer = await fetch(event.request);
    const copy = answer.clone();
    event.waitUntil(caches.match("/unkept").then((unkept) => unkept || remember(event.request.url, copy).then(again)));
    return answer;
  } catch (error) {
    return (await kept(event.request.url)) || Promise.reject(error);
  }
}

// What is kept of a page, saying that it is; else the page that says that there is no network.
async function kept(address) {
  const { pathname } = new URL(address);
  const found = await caches.match(address);
  if (!found) return caches.match(EDITION.test(pathname) ? "/ar/offline/" : "/offline/");
  const words = (await found.text()).replace("data-offline hidden", "data-offline");
  const headers = new Headers(found.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(words, { status: found.status, headers });
}

async function remember(address, answer) {
  const cache = await caches.open(PAGES);
  const { pathname, search } = new URL(address);
  const story = pathname.match(/\/stories\/\w+\//)?.[0];
  const said = (name) => answer.headers.get(name) || "";
  if (answer.type === "opaqueredirect") return cache.delete(address);
  if (story && (answer.status === 404 || answer.status === 410 || said("X-Robots-Tag").includes("noindex"))) await forget(cache, story);
  if (answer.status === 404 || answer.status === 410) return cache.delete(address);
  // What somebody searched for is nobody's business; what is not public is not kept.
  if (answer.status !== 200 || search || !said("Cache-Control").includes("public") || !said("Content-Type").includes("html")) return;
  await cache.delete(address);
  await put(PAGES, address, answer);
}

async function forget(cache, story) {
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    if (request.url.includes(story) || (await answer.text()).includes(story)) await cache.delete(request);
  }
}

// One kept page is asked for again each time that there is a network, so that what was corrected or retracted since
// does not wait for somebody to open it.
async function again() {
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    if (request.url.endsWith("/offline/") || Date.now() - Date.parse(answer.headers.get("Date")) < AGAIN) continue;
    return remember(request.url, await fetch(request.url, { cache: "no-cache", redirect: "manual" }));
  }
}

async function file(event) {
  const lasting = /\.[0-9a-f]{12}\.\w+$/.test(new URL(event.request.url).pathname);
  const found = await caches.match(event.request.url);
  if (found && lasting) return found;
  try {
    const answer = await fetch(event.request);
    if (answer.status === 200) event.waitUntil(put(STATIC, event.request.url, answer.clone()));
    return answer;
  } catch (error) {
    return found || Promise.reject(error);
  }
}

async function picture(event, searchParams) {
  if (!searchParams.has("asked") && (await caches.match("/saving"))) return new Response(null, { status: 204 });
  const cache = await caches.open(PICTURES);
  try {
    const answer = await fetch(event.request);
    if (answer.status === 200) event.waitUntil(put(PICTURES, event.request.url, answer.clone()));
    else if (answer.status === 404 || answer.status === 410) event.waitUntil(cache.delete(event.request.url));
    return answer;
  } catch (error) {
    return (await cache.match(event.request.url)) || Promise.reject(error);
  }
}

async function put(name, address, answer) {
  if (name !== STATIC && (await caches.match("/unkept"))) return;
  const cache = await caches.open(name);
  await cache.put(address, answer);
  const keys = (await cache.keys()).filter((one) => !one.url.endsWith("/offline/"));
  for (const one of keys.slice(0, Math.max(0, keys.length - MOST[name]))) await cache.delete(one);
}
