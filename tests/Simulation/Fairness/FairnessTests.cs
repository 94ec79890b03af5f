namespace Simulation.Fairness;

public class FairnessTests
{
    [Theory]
    [InlineData(1, 3, 2)]
    [InlineData(1, 6, 1)]
    [InlineData(2, 3, 2)]
    [InlineData(2, 6, 1)]
    [InlineData(2, 1, 6)]
    [InlineData(3, 5, 3)]
    public void Run_TwoEqualJobs_ShareTheSlots(int masters, int workers, int slots)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var share = new TwoJobs(seed, masters, workers, slots, maps: 100).Run();
            Assert.True(share >= 0.95, $"seed {seed}: the running slots were within one of each other in {share:P1} of the samples");
        }
    }
}
