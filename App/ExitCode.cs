namespace MapReduce.App;

/// <summary>How the process tells a script what happened. The numbers are a promise: they never change.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The job ran and failed, or a check of <c>doctor</c> did.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>No master answers.</summary>
    public const int Unreachable = 3;

    /// <summary>No job or worker of this name.</summary>
    public const int NotFound = 4;

    /// <summary>The time to wait was over before the job was.</summary>
    public const int TimedOut = 5;

    /// <summary>The job was cancelled, not by this process.</summary>
    public const int Cancelled = 6;

    /// <summary>The job cannot start: options, input or output are refused. Or the master refuses the caller.</summary>
    public const int Rejected = 7;

    /// <summary>A bug of this program (EX_SOFTWARE of sysexits.h).</summary>
    public const int Bug = 70;

    /// <summary>Stopped by Ctrl+C or SIGTERM (128 + SIGINT, as a shell reports it).</summary>
    public const int Interrupted = 130;
}
