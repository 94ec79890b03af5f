-- Totals of the winners' counters: mr:{J}:count, name -> total. A winner's own are kept to be taken out again, packed in the
-- order of the job's names, mr:{J}:names, a packed list which only grows. A number is exact up to 2^53; a bigger one travels as text.
local countKey, namesKey = prefix .. 'count', prefix .. 'names'
local exact = 9007199254740992
local names, sums = nil, {}

local function loadNames()
    if not names then
        local packed = redis.call('GET', namesKey)
        names = packed and cmsgpack.unpack(packed) or {}
    end
    return names
end

-- Takes over the names that the caller knows beyond ours, from its packed list.
-- Returns false when its order is another: its numbers would count for other names.
local function agreeOnNames(packed)
    local known, theirs = redis.call('GET', namesKey), cmsgpack.unpack(packed)
    -- The same text, which is the rule, need not be compared name by name.
    if known == packed then
        names = theirs
        return true
    end
    names = known and cmsgpack.unpack(known) or {}
    for i = 1, math.min(#names, #theirs) do
        if names[i] ~= theirs[i] then return false end
    end
    if #theirs > #names then
        names = theirs
        redis.call('SET', namesKey, packed)
    end
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
