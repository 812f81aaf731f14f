using Lmtp.Contracts;
using Microsoft.Extensions.Options;

namespace Lmtp.Admin.Api;

/// <summary>Registers the client of the mail server's API.</summary>
internal static class LmtpApiClientExtensions
{
    private static readonly Uri DefaultAddress = new("http://127.0.0.1:2080");

    /// <summary>https before http, as service discovery itself prefers it.</summary>
    private static readonly string[] DiscoveryKeys = ["services:lmtp:https:0", "services:lmtp:http:0"];

    public static void AddLmtpApiClient(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LmtpApiOptions>()
            .BindConfiguration(LmtpApiOptions.Section)
            .PostConfigure<IConfiguration>(static (options, configuration) =>
                options.BaseAddress = Discover(configuration) ?? options.BaseAddress ?? DefaultAddress)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<LmtpApiOptions>, LmtpApiOptionsValidator>();
        builder.Services.AddHttpClient<LmtpApiClient>(static (services, http) =>
        {
            var options = services.GetRequiredService<IOptions<LmtpApiOptions>>().Value;
            http.BaseAddress = options.BaseAddress;
            http.Timeout = options.Timeout;
            http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, options.Key);
        });
    }

    private static Uri? Discover(IConfiguration configuration)
    {
        var address = DiscoveryKeys.Select(key => configuration[key]).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return address is null ? null : new Uri(address, UriKind.RelativeOrAbsolute);
    }
}
