using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Listeners;
using Lmtp.Server.Protocol.Security;
using Lmtp.Server.Protocol.Sessions;
using Lmtp.Server.Protocol.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol;

/// <summary>Adds LMTP to the server.</summary>
public static class LmtpProtocolExtensions
{
    /// <summary>
    /// Adds the LMTP listeners and all that serves them, configured by <c>Lmtp:Listeners</c> and <c>Lmtp:Limits</c>. Needs
    /// a registered <see cref="Delivery.IDeliveryAgent"/>.
    /// </summary>
    /// <param name="builder">The application being built.</param>
    /// <returns>The same builder.</returns>
    public static WebApplicationBuilder AddLmtpProtocol(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<LmtpOptions>().Bind(builder.Configuration.GetSection(LmtpOptions.Section)).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<LmtpOptions>, DefaultListener>();
        services.AddSingleton<IValidateOptions<LmtpOptions>, LmtpOptionsValidator>();
        services.AddOptions<HostOptions>().PostConfigure<IStartupValidator, IOptions<LmtpOptions>>(AllowForGrace);

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LmtpProtocolMetrics>();
        services.AddSingleton<ServerLifetime>();
        services.AddSingleton<SessionServices>();
        services.AddSingleton<ConnectionGate>();
        services.AddSingleton<Admission>();
        services.AddSingleton<ImplicitTls>();
        services.AddSingleton<ServiceAccounts>();
        services.AddSingleton<LmtpConnectionHandler>();
        services.AddSingleton<OpenSessions>();
        services.AddSingleton<LmtpListeners>();
        services.AddSingleton<ILmtpServerState>(provider => provider.GetRequiredService<LmtpListeners>());
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, ListenerSetup>();
        services.AddSingleton<IConfigureOptions<SocketTransportOptions>, UnixSocketBinder>();
        services.AddSingleton<ListenerAnnouncer>();
        services.AddHostedService(provider => provider.GetRequiredService<ListenerAnnouncer>());
        services.AddHealthChecks().AddCheck<ListenerAnnouncer>("lmtp");
        return builder;
    }

    /// <summary>
    /// The host must not cut off what the grace period still allows. It is the first to look at settings, before a host
    /// validates all of them: done here, one start names the faults of all sections.
    /// </summary>
    private static void AllowForGrace(HostOptions host, IStartupValidator settings, IOptions<LmtpOptions> options)
    {
        settings.Validate();
        var needed = options.Value.Limits.ShutdownGrace + TimeSpan.FromSeconds(5);
        if (host.ShutdownTimeout < needed)
        {
            host.ShutdownTimeout = needed;
        }
    }
}
