-- What happened to attempts, for people: mr:{J}:events, a list of which the last 10,000 count; the last one has the number
-- job.events. Kinds are the numbers of AttemptEventKind.
local granted, backedUp, committed, failed, killed, lost, invalidated = 0, 1, 2, 3, 4, 5, 6
local keptEvents = 10000
local notes = {}

local function note(kind, task, token, worker, message)
    job.events = job.events + 1
    notes[#notes + 1] = cmsgpack.pack(now, kind, task, token, worker, message or '')
end

-- Trimmed now and then: to cut a few from the front costs as much as to cut many.
local function saveNotes()
    if #notes == 0 then return end
    bulk('RPUSH', prefix .. 'events', notes)
    if math.floor(job.events / 512) ~= math.floor((job.events - #notes) / 512) then
        redis.call('LTRIM', prefix .. 'events', -keptEvents, -1)
    end
end
