using System.Text;
using System.Text.Json;
using MapReduce.Protocol;

namespace MapReduce;

/// <summary>A job with a name, so that a command line, a submitted description or a worker can find it. Immutable, safe for concurrent use.</summary>
public sealed class JobDefinition
{
    private readonly Lazy<OptionsShape> _shape;
    private readonly Func<object, JobPlan> _plan;

    private JobDefinition(string name, string summary, Type options, Func<object, JobPlan> plan)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new ArgumentException($"A job's name is made of lower-case letters, digits and hyphens; '{name}' is not.", nameof(name));
        (Name, Summary, _plan) = (name, summary, plan);
        _shape = new Lazy<OptionsShape>(() => new OptionsShape(options));
    }

    /// <summary>The name: lower-case letters, digits and hyphens.</summary>
    public string Name { get; }

    /// <summary>What the job does, in one line.</summary>
    public string Summary { get; }

    /// <summary>Its options in the order of their declaration.</summary>
    public IReadOnlyList<JobOption> Options => _shape.Value.Options;

    /// <summary>
    /// The names of the inputs that it reads, each of which must be given a path; empty when it reads all paths alike. Where options must be
    /// set, those of its plan for a value of each that the option takes; empty when the job refuses these.
    /// </summary>
    public IReadOnlyList<string> InputNames
    {
        get
        {
            var some = Options.Where(option => option.IsRequired).ToDictionary(option => option.Name, option => (object?)option.Text.Example);
            try
            {
                return [.. Plan(ToJson(some)).Inputs.Select(input => input.Name).OfType<string>().Distinct(StringComparer.Ordinal)];
            }
            catch (Exception) when (some.Count > 0)
            {
                // What a job makes of values that nobody chose is no fault of it.
                return [];
            }
        }
    }

    /// <summary>Names a job.</summary>
    /// <typeparam name="TJob">The job. The parameters of its options' constructor (or the settable properties) are the options.</typeparam>
    /// <param name="name">Lower-case letters, digits and hyphens.</param>
    /// <param name="summary">What it does, in one line.</param>
    /// <exception cref="ArgumentException">The name has other characters, or none.</exception>
    public static JobDefinition Create<TJob>(string name, string summary)
        where TJob : IMapReduceJob, new() =>
        Create(name, summary, () => new TJob());

    /// <summary>Names a job that is made in a way of its own.</summary>
    internal static JobDefinition Create(string name, string summary, Func<IMapReduceJob> job) =>
        new(name, summary, job().OptionsType, options => job().Plan(options));

    /// <summary>Names a plan that has no options.</summary>
    /// <param name="name">Lower-case letters, digits and hyphens.</param>
    /// <param name="summary">What it does, in one line.</param>
    /// <param name="plan">Makes the plan, anew for each job: side data that it reads is then of that job, and let go with it.</param>
    /// <exception cref="ArgumentException">The name has other characters, or none.</exception>
    public static JobDefinition Create(string name, string summary, Func<JobPlan> plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(name, summary, typeof(object), _ => plan());
    }

    /// <summary>Checks options as a person set them and writes them, with the defaults of the others, as JSON.</summary>
    /// <param name="set">Names and values, in any order.</param>
    /// <returns>What <see cref="JobSpec.Options"/> carries: one flat object, the options in the order of their declaration.</returns>
    /// <exception cref="JobRejectedException">An unknown, repeated, missing or bad option; all of them at once.</exception>
    public string Parse(IEnumerable<KeyValuePair<string, string>> set)
    {
        var errors = new List<string>();
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, text) in set) Add(values, errors, name, text);
        errors.AddRange(Options.Where(option => option.IsRequired && !values.ContainsKey(option.Name)).Select(Missing));
        if (errors.Count > 0) throw new JobRejectedException(errors);
        return ToJson(values);
    }

    /// <summary>The job's plan for options as <see cref="Parse"/> wrote them; options left out have their defaults.</summary>
    /// <exception cref="JobRejectedException">The JSON is not such an object, or the job refuses the options; all reasons at once.</exception>
    public JobPlan Plan(string optionsJson)
    {
        var values = Read(optionsJson);
        try
        {
            return _plan(_shape.Value.Create(values));
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            throw new JobRejectedException([$"{Name}: {refused.Message}"]);
        }
    }

    // A bad value is kept as null, so that its option does not count as missing, too.
    private void Add(Dictionary<string, object?> values, List<string> errors, string name, string text)
    {
        if (Options.FirstOrDefault(option => option.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } option)
        {
            errors.Add(Unknown(name));
            return;
        }
        if (!option.Text.TryParse(text, out var value))
            errors.Add($"{Name}: option '{option.Name}' cannot be '{text}': it takes {option.Accepts}.");
        if (!values.TryAdd(option.Name, value))
            errors.Add($"{Name}: option '{option.Name}' is set twice, the second time to '{text}': set it once.");
    }

    private string Unknown(string name)
    {
        if (Options.Count == 0) return $"{Name}: unknown option '{name}': the job has no options.";
        var meant = NearestName.Find(name, Options.Select(option => option.Name)) is { } near ? $" Did you mean '{near}'?" : "";
        return $"{Name}: unknown option '{name}'.{meant} Its options: {string.Join(", ", Options.Select(option => option.Name))}.";
    }

    private string Missing(JobOption option) => $"{Name}: option '{option.Name}' must be set: it takes {option.Accepts}. Add --set {option.Name}=...";

    private string ToJson(Dictionary<string, object?> values)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            // Defaults are written out, so that a worker of another version plans with the client's.
            foreach (var option in Options)
                if ((values.GetValueOrDefault(option.Name) ?? option.DefaultValue) is { } value) OptionText.Write(json, option.Name, value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private object?[] Read(string optionsJson)
    {
        try
        {
            using var document = JsonDocument.Parse(optionsJson);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return Read(document.RootElement);
            throw new JobRejectedException([$"{Name}: the options are not a JSON object but {optionsJson}: write them as {{\"name\":value}}."]);
        }
        catch (JsonException malformed)
        {
            throw new JobRejectedException([$"{Name}: the options are not JSON ({malformed.Message}): {optionsJson}"]);
        }
    }

    private object?[] Read(JsonElement json)
    {
        var errors = json.EnumerateObject().Where(property => !Options.Any(option => option.Name == property.Name)).Select(property => Unknown(property.Name)).ToList();
        var values = new object?[Options.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var option = Options[i];
            if (!json.TryGetProperty(option.Name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                values[i] = option.DefaultValue;
                if (option.IsRequired) errors.Add(Missing(option));
            }
            else if (!option.Text.TryRead(value, out values[i]))
            {
                errors.Add($"{Name}: option '{option.Name}' cannot be {value.GetRawText()}: it takes {option.Accepts}.");
            }
        }
        return errors.Count == 0 ? values : throw new JobRejectedException(errors);
    }
}
