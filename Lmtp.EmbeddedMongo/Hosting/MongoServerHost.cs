using System.Net;
using System.Net.Sockets;
using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Commands.Authentication;
using Lmtp.EmbeddedMongo.Commands.Cursors;
using Lmtp.EmbeddedMongo.Engine.Files;
using Lmtp.EmbeddedMongo.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Lmtp.EmbeddedMongo.Hosting;

/// <summary>Builds the server process.</summary>
internal static class MongoServerHost
{
    private const string EnvironmentPrefix = "EMBEDDEDMONGO_";

    private static readonly string[] SectionsFromEnvironment = [EmbeddedMongoOptions.Section, "Logging"];

    /// <summary>Builds the host, which is not started yet.</summary>
    /// <param name="settings">Settings that stand above all other sources.</param>
    /// <param name="files">The file system of the data; null for this machine's.</param>
    /// <returns>The host.</returns>
    public static WebApplication Build(IReadOnlyDictionary<string, string?> settings, IFileSystem? files = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddConfiguration(builder.Configuration, settings);
        builder.Services.AddOptions<EmbeddedMongoOptions>()
            .BindConfiguration(EmbeddedMongoOptions.Section)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<EmbeddedMongoOptions>, EmbeddedMongoOptionsValidator>();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<EmbeddedMongoOptions>>().Value);
        builder.Services.AddSingleton(files ?? DiskFileSystem.Instance);
        AddServer(builder.Services);
        builder.WebHost.UseSetting(WebHostDefaults.PreferHostingUrlsKey, "false");
        builder.WebHost.ConfigureKestrel((_, kestrel) => Listen(kestrel, kestrel.ApplicationServices.GetRequiredService<EmbeddedMongoOptions>()));
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        return builder.Build();
    }

    /// <summary>The addresses that a started host listens on, as URIs for clients.</summary>
    /// <param name="host">The host.</param>
    /// <returns>One URI for the port, one for the socket, where there is one.</returns>
    public static IReadOnlyList<string> Addresses(WebApplication host)
    {
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return [.. addresses.Select(ToMongoUri)];
    }

    private static string ToMongoUri(string address)
    {
        const string UnixPrefix = "http://unix:";
        return address.StartsWith(UnixPrefix, StringComparison.Ordinal)
            ? "mongodb://" + Uri.EscapeDataString(address[UnixPrefix.Length..])
            : "mongodb://" + new Uri(address).Authority;
    }

    // Nothing but the server's own settings: a Kestrel section of somebody else would open endpoints here.
    private static void AddConfiguration(ConfigurationManager configuration, IReadOnlyDictionary<string, string?> settings)
    {
        configuration.Sources.Clear();
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        foreach (var section in SectionsFromEnvironment)
        {
            configuration.AddInMemoryCollection(environment.GetSection(section).AsEnumerable());
        }

        var prefixed = new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build();
        configuration.AddInMemoryCollection(prefixed.AsEnumerable()
            .Select(pair => KeyValuePair.Create($"{EmbeddedMongoOptions.Section}:{pair.Key}", pair.Value)));
        configuration.AddInMemoryCollection(settings);
    }

    private static void AddServer(IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Database>();
        services.AddHostedService(provider => provider.GetRequiredService<Database>());
        services.AddSingleton<Authenticator>();
        services.AddSingleton<CursorRegistry>();
        services.AddHostedService(provider => provider.GetRequiredService<CursorRegistry>());
        services.AddSingleton(provider => CommandTable.Create(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<CursorRegistry>(),
            provider.GetRequiredService<Authenticator>(),
            provider.GetRequiredService<EmbeddedMongoOptions>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CommandDispatcher>();
        services.AddSingleton<MongoConnectionHandler>();
    }

    private static void Listen(KestrelServerOptions kestrel, EmbeddedMongoOptions options)
    {
        if (options.Port >= 0)
        {
            kestrel.Listen(IPAddress.Parse(options.Bind), options.Port, Serve);
        }

        if (options.Socket is { Length: > 0 } path)
        {
            RemoveStaleSocket(path);
            kestrel.ListenUnixSocket(Path.GetFullPath(path), Serve);
        }
    }

    private static void Serve(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.None;
        listen.UseConnectionHandler<MongoConnectionHandler>();
    }

    // A server that crashed leaves its socket behind; one that still answers, or a plain file, is left alone.
    private static void RemoveStaleSocket(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
        }
        catch (SocketException)
        {
            // Binding fails next and says why.
        }
    }

    private static bool IsSocket(string path) =>
        (File.GetAttributes(path) & FileAttributes.Device) != 0 || new FileInfo(path).Length == 0;
}
