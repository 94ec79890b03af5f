using MapReduce.MasterService;
using MapReduce.MasterService.Hosting;
using Microsoft.Extensions.Options;

try
{
    await MasterApp.Create(args).RunAsync();
    return 0;
}
catch (OptionsValidationException wrong)
{
    foreach (var failure in wrong.Failures) await Console.Error.WriteLineAsync(failure);
    // As the command line does for wrong usage.
    return 2;
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 2;
}
