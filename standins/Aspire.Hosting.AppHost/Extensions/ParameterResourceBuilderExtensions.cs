using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is read from <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new ParameterResource(name, fallback => ParameterValue(builder, $"Parameters:{name}", name, fallback), secret));
    }

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string value,
        bool publishValueAsDefault = false,
        bool secret = false) => builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        Func<string> valueGetter,
        bool publishValueAsDefault = false,
        bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(valueGetter);
        var parameter = new ParameterResource(name, _ => valueGetter(), secret);
        if (publishValueAsDefault)
        {
            parameter.Default = new ConstantParameterDefault(valueGetter());
        }

        return builder.Add(parameter);
    }

    /// <summary>Adds a parameter with a default; a persisted one is kept in the user secrets and found again by the next run.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        ParameterDefault value,
        bool secret = false,
        bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var fallback = persist && builder.ExecutionContext.IsRunMode && builder.AppHostAssembly is { } assembly
            ? new UserSecretsParameterDefault(assembly, $"Parameters:{name}", value)
            : value;
        return builder.Add(new ParameterResource(name, used => ParameterValue(builder, $"Parameters:{name}", name, used), secret) { Default = fallback });
    }

    /// <summary>A password that is generated once and kept in the user secrets.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool lower = true,
        bool upper = true,
        bool numeric = true,
        bool special = true,
        int minLower = 0,
        int minUpper = 0,
        int minNumeric = 0,
        int minSpecial = 0)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ParameterDefault fallback = new GenerateParameterDefault
        {
            MinLength = 22,
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        };
        if (builder.ExecutionContext.IsRunMode && builder.AppHostAssembly is { } assembly)
        {
            fallback = new UserSecretsParameterDefault(assembly, $"Parameters:{name}", fallback);
        }

        return new ParameterResource(name, used => ParameterValue(builder, $"Parameters:{name}", name, used), secret: true) { Default = fallback };
    }

    /// <summary>Adds a connection string that is read from <c>ConnectionStrings:name</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var parameter = new ConnectionStringParameterResource(
            name,
            _ => builder.Configuration[$"ConnectionStrings:{name}"]
                ?? throw new MissingParameterValueException($"Connection string parameter resource could not be used because connection string '{name}' is missing."),
            environmentVariableName)
        {
            IsConnectionString = true,
        };
        return builder.AddResource(parameter);
    }

    internal static IResourceBuilder<ParameterResource> Add(this IDistributedApplicationBuilder builder, ParameterResource parameter) => builder.AddResource(parameter);

    private static string ParameterValue(IDistributedApplicationBuilder builder, string key, string name, ParameterDefault? fallback)
    {
        var value = builder.Configuration[key] ?? builder.Configuration[key.Replace('-', '_')];
        if (!string.IsNullOrEmpty(value))
        {
            return value;
        }

        return fallback?.GetDefaultValue()
            ?? throw new MissingParameterValueException($"Parameter resource could not be used because configuration key '{key}' is missing and the Parameter '{name}' has no default value.");
    }
}
