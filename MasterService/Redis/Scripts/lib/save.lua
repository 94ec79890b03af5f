-- Writes back all that a script changed.
local function save()
    for _, stage in ipairs(job.opened) do
        saveTasks(stage)
        saveQueue(stage)
        saveDurations(stage)
    end
    saveRuns()
    saveCounters()
    saveNotes()
    saveState()
end
