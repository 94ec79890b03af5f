using FsCheck.Xunit;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;

namespace MapReduce.Tests.Remote.Wire;

public sealed class MapOutputsFormatTests
{
    private static readonly WorkerRegistration[] Workers = [new("w1", 2, "http://10.0.0.1:4000", "/srv/a"), new("w2", 1, null)];

    [Property]
    public void Read_AnyTable_RoundTrips(ulong[] nonces, ulong span, long version)
    {
        var locations = nonces.Select((nonce, map) => new MapOutputLocation(map, $"{map + 1}.{nonce:x16}", Workers[map % 2].Id, span ^ nonce)).ToList();
        var back = MapOutputsFormat.Read(MapOutputsFormat.Write(new MapOutputsTable(version, Workers, locations)));
        Assert.Equal(version, back.Version);
        Assert.Equal(Workers, back.Workers);
        Assert.Equal(locations, back.Locations);
    }

    [Fact]
    public void Read_WorkerNoLongerRegistered_IsNamedButNotListed()
    {
        var table = new MapOutputsTable(1, [], [new MapOutputLocation(0, "1.0000000000000001", "gone")]);
        var back = MapOutputsFormat.Read(MapOutputsFormat.Write(table));
        Assert.Equal(("gone", 0), (back.Locations[0].Worker, back.Workers.Count));
    }

    [Fact]
    public void Read_CutAnywhere_IsRefused()
    {
        var bytes = MapOutputsFormat.Write(new MapOutputsTable(1, Workers, [new MapOutputLocation(0, "1.0000000000000001", "w1")]));
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => MapOutputsFormat.Read(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Read_SomethingElse_SaysSo() =>
        Assert.Contains("no table", Assert.Throws<InvalidDataException>(() => MapOutputsFormat.Read("<html>Not Found, sorry about that</html>"u8)).Message, StringComparison.Ordinal);
}
