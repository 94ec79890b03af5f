using System.Globalization;
using System.Text;
using MapReduce.Jobs.Sorting;

namespace MapReduce.Jobs;

/// <summary>
/// Puts the events of each user into sessions, which end where nothing happens for longer than a gap: a line
/// <c>user TAB first TAB last TAB events</c> for each, those of a user in order.
/// </summary>
public sealed class Sessions : IMapReduceJob<SessionOptions>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The separator is not one ASCII character.</exception>
    public JobPlan Plan(SessionOptions options)
    {
        var user = FieldRange.Parse($"{options.User},{options.User}", options.Separator)!;
        var time = FieldRange.Parse($"{options.Time},{options.Time}", options.Separator)!;
        return Job.ReadLines()
            .Map(() => new Mapper(user, time))
            .SortValues()
            .Reduce(() => new Reducer(TimeSpan.FromSeconds(options.Gap)))
            .WriteText();
    }

    private sealed class Mapper(FieldRange user, FieldRange time) : IMapper<ReadOnlySpan<byte>, DateTime>
    {
        public void Map(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, DateTime> output) => output.Emit(user.TextOf(line), Parse(time.TextOf(line)));

        private DateTime Parse(ReadOnlySpan<byte> text)
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)) return DateTime.UnixEpoch.AddSeconds(seconds);
            var characters = Encoding.UTF8.GetString(text);
            return DateTime.TryParse(characters, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment
                : throw new FormatException($"field {time.First} is not a time but '{characters}': write seconds since 1970, or ISO 8601 such as 2026-01-31T12:00:00Z.");
        }
    }

    private sealed class Reducer(TimeSpan gap) : IReducer<ReadOnlySpan<byte>, DateTime, ReadOnlySpan<byte>, (string First, string Last, long Events)>
    {
        // The times of a user ascend: a session is over as soon as the next begins, and none is kept in memory.
        public void Reduce(ReadOnlySpan<byte> user, ref Values<DateTime> times, Writer<ReadOnlySpan<byte>, (string First, string Last, long Events)> output)
        {
            times.MoveNext();
            var (first, last, events) = (times.Current, times.Current, 1L);
            while (times.MoveNext())
            {
                var time = times.Current;
                if (time - last > gap)
                {
                    output.Write(user, (Text(first), Text(last), events));
                    (first, events) = (time, 0);
                }
                last = time;
                events++;
            }
            output.Write(user, (Text(first), Text(last), events));
        }

        private static string Text(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
    }
}

/// <summary>How <see cref="Sessions"/> reads events.</summary>
/// <param name="Gap">Seconds without an event that end a session, if there are more.</param>
/// <param name="User">The field that names the user, from 1.</param>
/// <param name="Time">The field with the time: seconds since 1970, or ISO 8601 (UTC where it names no offset).</param>
/// <param name="Separator">The character between fields; null: a field begins with the blanks before it.</param>
public sealed record SessionOptions(
    [Option("Seconds without an event after which a session is over", Min = 1, Max = int.MaxValue)] int Gap = 1800,
    [Option("The field that names the user, from 1", Min = 1)] int User = 1,
    [Option("The field with the time, from 1: seconds since 1970, or ISO 8601", Min = 1)] int Time = 2,
    [Option("The one character between fields; default: the change from non-blank to blank")] string? Separator = null);
