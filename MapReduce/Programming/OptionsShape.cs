using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MapReduce;

/// <summary>
/// The options of a job, found in the type of its options: the parameters of its longest public constructor, then the
/// properties that can be set beside them. Reflection, not serialization, so that a job starts without the JSON serializer.
/// </summary>
internal sealed class OptionsShape
{
    private readonly ConstructorInfo _constructor;
    private readonly PropertyInfo[] _properties;

    /// <exception cref="NotSupportedException">The type has no public constructor, or an option of a type that cannot be one.</exception>
    public OptionsShape(Type type)
    {
        _constructor = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)
            ?? throw new NotSupportedException($"{type} has no public constructor: make the options a record such as 'public sealed record Options(int MinLength = 1)'.");
        var parameters = _constructor.GetParameters();
        _properties = [.. type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && !IsParameter(parameters, property))];
        Options = [.. parameters.Select(ToOption), .. PropertyOptions()];
    }

    /// <summary>The options in the order of their declaration.</summary>
    public IReadOnlyList<JobOption> Options { get; }

    /// <summary>The options object with these values, ordered as <see cref="Options"/>.</summary>
    public object Create(IReadOnlyList<object?> values)
    {
        var parameters = _constructor.GetParameters().Length;
        var instance = _constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. values.Take(parameters)], null);
        for (var i = 0; i < _properties.Length; i++) _properties[i].SetValue(instance, values[parameters + i]);
        return instance;
    }

    private static bool IsParameter(ParameterInfo[] parameters, PropertyInfo property) =>
        parameters.Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase));

    private static JobOption ToOption(ParameterInfo parameter)
    {
        var isEnum = (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) is { IsEnum: true };
        var value = parameter is { HasDefaultValue: true, DefaultValue: { } found } ? found : null;
        // The metadata of a default holds an enum's number, not the enum.
        if (isEnum && value is not null) value = Enum.ToObject(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType, value);
        return ToOption(parameter.Name!, parameter.ParameterType, parameter, !parameter.HasDefaultValue, value);
    }

    // An initial value is only to be had from an instance; parameters that must be given are zero in it.
    private IEnumerable<JobOption> PropertyOptions()
    {
        if (_properties.Length == 0) return [];
        var blank = _constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. _constructor.GetParameters().Select(Blank)], null);
        return _properties.Select(property =>
            ToOption(property.Name, property.PropertyType, property, property.IsDefined(typeof(RequiredMemberAttribute)), property.GetValue(blank)));
    }

    private static object? Blank(ParameterInfo parameter) => parameter.HasDefaultValue
        ? ToOption(parameter).DefaultValue
        : parameter.ParameterType.IsValueType ? RuntimeHelpers.GetUninitializedObject(parameter.ParameterType) : null;

    private static JobOption ToOption(string name, Type type, ICustomAttributeProvider member, bool isRequired, object? value)
    {
        var attribute = (OptionAttribute?)member.GetCustomAttributes(typeof(OptionAttribute), false).FirstOrDefault();
        var text = new OptionText(type, attribute?.Min ?? long.MinValue, attribute?.Max ?? long.MaxValue);
        return new JobOption(JsonNamingPolicy.CamelCase.ConvertName(name), text, attribute?.Description ?? "", isRequired, isRequired ? null : value);
    }
}
