namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.Optional: a parameter that may be left out, null being a value.</summary>
public readonly struct Optional<T>(T value)
{
    private readonly T _value = value;

    public bool HasValue { get; } = true;

    public T Value => HasValue ? _value : throw new InvalidOperationException("The optional value is missing.");

    public T WithDefault(T value) => HasValue ? _value : value;

    public static implicit operator Optional<T>(T value) => new(value);
}
