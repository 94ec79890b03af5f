namespace MapReduce;

/// <summary>Where a plan begins.</summary>
public static class Job;
