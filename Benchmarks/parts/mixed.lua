-- SPDX-License-Identifier: Apache-2.0
-- Requests of all kinds, for wrk: items, lists, searches, refusals.
local n = 0
local targets = {
    "/v1", "/v1/events", "/v1/people/qin-gang", "/v1/issues?broader=none", "/v1/events?q=taiwan&limit=5",
    "/v1/places?within=china", "/nothing", "/v1/events?offical=x", "/v1/articles",
    "/v1/events/blinken-visit-to-china/evidence",
}

request = function()
    n = n + 1
    local target = targets[n % #targets + 1]
    if n % 3 == 0 then target = "/v1/events?limit=" .. (n % 100 + 1) .. "&sort=-date" end
    return wrk.format("GET", target)
end

-- With PAUSE each connection waits so many milliseconds between two.
local pause = tonumber(os.getenv("PAUSE") or "0")
if pause > 0 then
    delay = function() return pause end
end
