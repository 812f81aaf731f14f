namespace MongoDB.Driver.Core.Configuration;

/// <summary>Mirrors MongoDB.Driver.Core.Configuration.LibraryInfo: what is built on the driver, told in the handshake.</summary>
public sealed class LibraryInfo(string name, string version = null)
{
    public string Name { get; } = name;

    public string Version { get; } = version;
}
