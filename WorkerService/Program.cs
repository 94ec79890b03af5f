using MapReduce.Remote;
using MapReduce.WorkerService.Hosting;
using Microsoft.Extensions.Options;

using var signals = new StopSignals();
try
{
    await using var app = WorkerApp.Build(args);
    await WorkerApp.RunAsync(app, signals.Stop);
    return 0;
}
catch (Exception wrong) when (wrong is OptionsValidationException or MasterRefusedException or WorkerStartException)
{
    // What an operator can put right: no stack trace.
    Console.Error.WriteLine(wrong is OptionsValidationException invalid ? string.Join(Environment.NewLine, invalid.Failures) : wrong.Message);
    return 2;
}
