using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Validation of settings by their attributes, with faults that name what an operator has written.</summary>
public static class SettingsValidation
{
    /// <summary>Binds options to a section and validates their attributes at the start; each fault names its key.</summary>
    /// <typeparam name="TOptions">The options' type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="section">The section's key, for example <c>Lmtp:Storage</c>.</param>
    /// <returns>The options' builder.</returns>
    public static OptionsBuilder<TOptions> AddSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(section);

        services.AddSingleton<IValidateOptions<TOptions>>(new AttributeValidator<TOptions>(section));
        return services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    private sealed class AttributeValidator<TOptions>(string section) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var faults = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(faults.Select(fault => $"{section}:{string.Join(", ", fault.MemberNames)}: {fault.ErrorMessage}"));
        }
    }
}
