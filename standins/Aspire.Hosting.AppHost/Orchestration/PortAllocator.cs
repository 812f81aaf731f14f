using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Gives every endpoint its port. There is no proxy: what clients use is what the process listens on.</summary>
internal static class PortAllocator
{
    /// <summary>Below the ephemeral ports, so that no outgoing connection takes a port between its choice and its use.</summary>
    private const int FirstPort = 10000;
    private const int LastPort = 32767;

    private static readonly HashSet<int> Given = [];
    private static readonly Lock Lock = new();

    /// <exception cref="DistributedApplicationException">An unproxied endpoint names two different ports.</exception>
    public static void Allocate(IResource resource, bool randomize)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.AllocatedEndpoint is null))
        {
            if (resource is not ContainerResource && !endpoint.IsProxied && endpoint is { Port: { } port, TargetPort: { } target } && port != target)
            {
                throw new DistributedApplicationException($"Endpoint '{endpoint.Name}' of '{resource.Name}' is not proxied, so its port ({port}) and target port ({target}) cannot differ.");
            }

            endpoint.AllocatedEndpoint = Allocate(endpoint, resource is ContainerResource, randomize && endpoint.IsProxied);
        }
    }

    private static AllocatedEndpoint Allocate(EndpointAnnotation endpoint, bool isContainer, bool random)
    {
        var host = endpoint.TargetHost is "0.0.0.0" or "*" or "+" or "[::]" ? "localhost" : endpoint.TargetHost;
        var wished = random ? null : endpoint.Port;
        if (isContainer)
        {
            var target = endpoint.TargetPort?.ToString(CultureInfo.InvariantCulture);
            return new AllocatedEndpoint(endpoint, host, wished ?? FreePort(), target);
        }

        return new AllocatedEndpoint(endpoint, host, endpoint.TargetPort ?? wished ?? FreePort());
    }

    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort + 1);
            lock (Lock)
            {
                if (!Given.Contains(port) && IsFree(port))
                {
                    Given.Add(port);
                    return port;
                }
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
