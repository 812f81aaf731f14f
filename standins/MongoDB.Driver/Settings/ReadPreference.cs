using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.ReadPreferenceMode.</summary>
public enum ReadPreferenceMode
{
    Primary,
    PrimaryPreferred,
    Secondary,
    SecondaryPreferred,
    Nearest,
}

/// <summary>Mirrors MongoDB.Driver.ReadPreference: which members may answer a read.</summary>
public sealed class ReadPreference(ReadPreferenceMode readPreferenceMode)
{
    public static ReadPreference Primary { get; } = new(ReadPreferenceMode.Primary);

    public static ReadPreference PrimaryPreferred { get; } = new(ReadPreferenceMode.PrimaryPreferred);

    public static ReadPreference Secondary { get; } = new(ReadPreferenceMode.Secondary);

    public static ReadPreference SecondaryPreferred { get; } = new(ReadPreferenceMode.SecondaryPreferred);

    public static ReadPreference Nearest { get; } = new(ReadPreferenceMode.Nearest);

    public ReadPreferenceMode ReadPreferenceMode { get; } = readPreferenceMode;

    public BsonDocument ToBsonDocument()
    {
        var mode = ReadPreferenceMode.ToString();
        return new BsonDocument("mode", char.ToLowerInvariant(mode[0]) + mode[1..]);
    }
}
