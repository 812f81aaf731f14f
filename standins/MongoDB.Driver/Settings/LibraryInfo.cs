namespace MongoDB.Driver.Core.Configuration;

/// <summary>A library on top of the driver, as the server's log shows it.</summary>
public sealed class LibraryInfo : IEquatable<LibraryInfo>
{
    /// <summary>Creates one.</summary>
    public LibraryInfo(string name, string version = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Version = version;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The version.</summary>
    public string Version { get; }

    /// <summary>Equality of value.</summary>
    public bool Equals(LibraryInfo rhs) => rhs is not null && Name == rhs.Name && Version == rhs.Version;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as LibraryInfo);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Name, Version);

    /// <inheritdoc />
    public override string ToString() => $"{Name}-{Version}";
}
