using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A named place where a resource listens.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> _allocation = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        [EndpointName] string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? (protocol == ProtocolType.Udp ? "udp" : "tcp");
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : UriScheme);
        Name = name ?? UriScheme;
        ResourceName.Validate(Name, "Endpoint");
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsExplicitlyProxied = isProxied;
        IsProxied = isProxied ?? true;
        TlsEnabled = UriScheme == "https";
    }

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    public string UriScheme { get; set; }

    public string Transport { get; set; }

    /// <summary>The port that clients use; null lets one be chosen.</summary>
    public int? Port { get; set; }

    /// <summary>The port that the process listens on; null means the same as <see cref="Port"/>.</summary>
    public int? TargetPort { get; set; }

    public string TargetHost { get; set; } = "localhost";

    public bool IsExternal { get; set; }

    public bool IsProxied { get; set; }

    public bool? IsExplicitlyProxied { get; set; }

    public bool TlsEnabled { get; set; }

    public bool ExcludeReferenceEndpoint { get; set; }

    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => _allocation.Task.IsCompletedSuccessfully ? _allocation.Task.Result : null;
        set => _allocation.TrySetResult(value ?? throw new ArgumentNullException(nameof(value)));
    }

    /// <summary>True where another variable than ASPNETCORE_URLS carries the port.</summary>
    internal bool HasPortVariable { get; set; }

    /// <summary>True for the https endpoint that a web project has when it is published: TLS ends before its container.</summary>
    internal bool IsDefaultHttps { get; set; }

    internal Task<AllocatedEndpoint> WaitForAllocationAsync(CancellationToken cancellationToken) => _allocation.Task.WaitAsync(cancellationToken);
}

/// <summary>Where an endpoint is reached, once the application runs.</summary>
public class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
{
    public EndpointAnnotation Endpoint { get; } = endpoint;

    public string Address { get; } = address;

    public int Port { get; } = port;

    public string? TargetPortExpression { get; } = targetPortExpression;

    public string UriScheme => Endpoint.UriScheme;

    public string EndPointString => $"{Address}:{Port}";

    public string UriString => $"{UriScheme}://{EndPointString}";

    public override string ToString() => UriString;
}
