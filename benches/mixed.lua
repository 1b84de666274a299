-- A mixed load for `wrk`: what somebody who looks at dyads, lists, networks and maps asks for, over and over.
-- wrk -t2 -c8 -d60s --latency -s benches/mixed.lua http://127.0.0.1:8750

local codes = { "USA", "CHN", "RUS", "ISR", "SYR", "DEU", "FRA", "IRN", "IND", "TUR", "GBR", "UKR" }
local types = { "ACCUSE", "ASSAULT", "AGREE", "CONSULT", "SUPPORT", "PROTEST" }
local number = 0

local function of(list)
    number = number + 1
    return list[number % #list + 1]
end

local asks = {
    function() return "/overview.json" end,
    function() return "/actors.json?limit=10&text=" .. of({ "u", "pres", "chi", "min", "ger" }) end,
    function() return "/dyad/" .. of(codes) .. "/" .. of(codes) .. ".json?by=month" end,
    function() return "/events.json?limit=50&actor=" .. of(codes) .. "&with=" .. of(codes) end,
    function() return "/events.json?limit=50&type=" .. of(types) end,
    function() return "/events.csv?limit=100&source=" .. of(codes) end,
    function() return "/series.json?by=year&split=status&actor=" .. of(codes) end,
    function() return "/network.json?limit=60" end,
    function() return "/map.json?limit=500&actor=" .. of(codes) end,
    function() return "/claims.json?limit=50" end,
    function() return "/search.json?limit=20&text=" .. of({ "talks", "border", "minister" }) end,
}

function request()
    number = number + 1
    return wrk.format("GET", asks[number % #asks + 1](), { ["Accept-Encoding"] = "gzip" })
end

-- Whatever is no success is counted by wrk ("Non-2xx or 3xx responses") and ends the run with 1 in `cargo xtask bench`.
