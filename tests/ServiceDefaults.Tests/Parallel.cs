// The tests listen to what the whole process exports: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
