namespace MongoDB.Driver;

/// <summary>An argument that may be left out.</summary>
/// <typeparam name="T">The type of the argument.</typeparam>
public readonly struct Optional<T>
{
    /// <summary>Creates a given argument.</summary>
    public Optional(T value)
    {
        Value = value;
        HasValue = true;
    }

    /// <summary>Whether the argument was given.</summary>
    public bool HasValue { get; }

    /// <summary>The argument.</summary>
    public T Value { get; }

    /// <summary>A given argument.</summary>
    public static implicit operator Optional<T>(T value) => new(value);

    internal T WithDefault(T value) => HasValue ? Value : value;
}
