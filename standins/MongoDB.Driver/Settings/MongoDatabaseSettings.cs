namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.MongoDatabaseSettings.</summary>
public class MongoDatabaseSettings
{
    public ReadConcern ReadConcern { get; set; }

    public ReadPreference ReadPreference { get; set; }

    public WriteConcern WriteConcern { get; set; }

    internal MongoDatabaseSettings Inherit(MongoClientSettings client) => new()
    {
        ReadConcern = ReadConcern ?? client.ReadConcern,
        ReadPreference = ReadPreference ?? client.ReadPreference,
        WriteConcern = WriteConcern ?? client.WriteConcern,
    };
}

/// <summary>Mirrors MongoDB.Driver.MongoCollectionSettings.</summary>
public class MongoCollectionSettings
{
    public ReadConcern ReadConcern { get; set; }

    public ReadPreference ReadPreference { get; set; }

    public WriteConcern WriteConcern { get; set; }

    internal MongoCollectionSettings Inherit(MongoDatabaseSettings database) => new()
    {
        ReadConcern = ReadConcern ?? database.ReadConcern,
        ReadPreference = ReadPreference ?? database.ReadPreference,
        WriteConcern = WriteConcern ?? database.WriteConcern,
    };

    internal MongoCollectionSettings Copy() => (MongoCollectionSettings)MemberwiseClone();
}
