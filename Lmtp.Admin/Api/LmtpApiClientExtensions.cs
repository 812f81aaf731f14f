using Lmtp.Admin.Accounts;
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
        builder.Services.AddHttpClient(nameof(LmtpApiClient));
        builder.Services.AddScoped(CreateClient);
    }

    // The factory's handlers outlive requests and circuits; who is signed in belongs to one.
    private static LmtpApiClient CreateClient(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<LmtpApiOptions>>().Value;
        var shared = services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(nameof(LmtpApiClient));
        var http = new HttpClient(new ActorHandler(services.GetRequiredService<SignedInPerson>(), shared), disposeHandler: false)
        {
            BaseAddress = options.BaseAddress,
            Timeout = options.Timeout,
        };
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, options.Key);
        return new LmtpApiClient(http);
    }

    private static Uri? Discover(IConfiguration configuration)
    {
        var address = DiscoveryKeys.Select(key => configuration[key]).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return address is null ? null : new Uri(address, UriKind.RelativeOrAbsolute);
    }
}
