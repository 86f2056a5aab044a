-- SPDX-License-Identifier: Apache-2.0
-- Requests for wrk from files of one a line: GETs by TARGETS, picked at random; or POSTs to /v1/events with BODIES, each once and
-- from the one numbered START on, with TOKEN. All from the environment.
local lines, n = {}, tonumber(os.getenv("START") or "0")
local bodies = os.getenv("BODIES")
local fields = { ["Authorization"] = "Bearer " .. (os.getenv("TOKEN") or ""), ["Content-Type"] = "application/json" }

function init()
    math.randomseed(n + 1)
    for line in io.lines(bodies or os.getenv("TARGETS")) do
        lines[#lines + 1] = bodies and line or wrk.format("GET", line)
    end
end

request = function()
    if not bodies then return lines[math.random(#lines)] end
    n = n + 1
    return wrk.format("POST", "/v1/events", fields, lines[n % #lines + 1])
end
