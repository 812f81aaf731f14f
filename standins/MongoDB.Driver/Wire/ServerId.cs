namespace MongoDB.Driver.Core.Servers;

/// <summary>Names a server in errors and logs.</summary>
public sealed class ServerId : IEquatable<ServerId>
{
    internal ServerId(MongoServerAddress address)
    {
        Address = address;
    }

    internal MongoServerAddress Address { get; }

    /// <summary>Equality of value.</summary>
    public bool Equals(ServerId other) => other is not null && Address.Equals(other.Address);

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as ServerId);

    /// <inheritdoc />
    public override int GetHashCode() => Address.GetHashCode();

    /// <inheritdoc />
    public override string ToString() => $"{{ EndPoint : \"{Address}\" }}";
}
