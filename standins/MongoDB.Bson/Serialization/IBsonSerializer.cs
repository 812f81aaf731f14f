namespace MongoDB.Bson.Serialization;

/// <summary>Turns values of a type into BSON and back.</summary>
public interface IBsonSerializer
{
    /// <summary>The type.</summary>
    Type ValueType { get; }
}

/// <summary>Turns values of a type into BSON and back.</summary>
/// <typeparam name="TValue">The type.</typeparam>
public interface IBsonSerializer<TValue> : IBsonSerializer
{
}
