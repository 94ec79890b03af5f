-- Totals of the winners' counters: mr:{J}:count, name -> total. A winner's own are kept to be taken out again, packed in the
-- order of the job's names, mr:{J}:names, which only grows. A number is exact up to 2^53; a bigger one travels as text.
local countKey, namesKey = prefix .. 'count', prefix .. 'names'
local exact = 9007199254740992
local names, sums = nil, {}

local function loadNames()
    names = names or redis.call('LRANGE', namesKey, 0, -1)
    return names
end

-- Appends the names that the caller knows beyond ours.
-- Returns false when its order is another: its numbers would count for other names.
local function agreeOnNames(theirs)
    local ours = loadNames()
    for i = 1, math.min(#ours, #theirs) do
        if ours[i] ~= theirs[i] then return false end
    end
    local added = {}
    for i = #ours + 1, #theirs do
        added[#added + 1] = theirs[i]
        names[i] = theirs[i]
    end
    if #added > 0 then bulk('RPUSH', namesKey, added) end
    return true
end

-- A sum beyond 64 bits is left as it was: one job's odd counter must not keep its tasks from completing.
local function addToTotal(i, amount) redis.pcall('HINCRBY', countKey, loadNames()[i], amount) end

local function saveCounters()
    for i, sum in pairs(sums) do
        if sum ~= 0 then addToTotal(i, string.format('%.0f', sum)) end
    end
    sums = {}
end

-- Adds packed counters, sign times.
local function count(packed, sign)
    if packed == '' then return end
    for i, value in ipairs(cmsgpack.unpack(packed)) do
        if type(value) == 'string' then
            local negated = string.sub(value, 1, 1) == '-' and string.sub(value, 2) or '-' .. value
            addToTotal(i, sign < 0 and negated or value)
        else
            local sum = (sums[i] or 0) + sign * value
            if math.abs(sum) >= exact then
                saveCounters()
                sum = sign * value
            end
            sums[i] = sum
        end
    end
end
