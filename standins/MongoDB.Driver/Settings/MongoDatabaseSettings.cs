namespace MongoDB.Driver;

/// <summary>The settings of a database; what is null is taken from the client.</summary>
public class MongoDatabaseSettings
{
    /// <summary>Which writes a read sees.</summary>
    public ReadConcern ReadConcern { get; set; }

    /// <summary>Which servers are read from.</summary>
    public ReadPreference ReadPreference { get; set; }

    /// <summary>When a write counts as done.</summary>
    public WriteConcern WriteConcern { get; set; }

    /// <summary>A copy.</summary>
    public MongoDatabaseSettings Clone() => (MongoDatabaseSettings)MemberwiseClone();

    internal MongoDatabaseSettings Or(ReadConcern readConcern, ReadPreference readPreference, WriteConcern writeConcern)
    {
        return new MongoDatabaseSettings
        {
            ReadConcern = ReadConcern ?? readConcern,
            ReadPreference = ReadPreference ?? readPreference,
            WriteConcern = WriteConcern ?? writeConcern,
        };
    }
}
