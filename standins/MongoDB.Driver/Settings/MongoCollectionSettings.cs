namespace MongoDB.Driver;

/// <summary>The settings of a collection; what is null is taken from the database.</summary>
public class MongoCollectionSettings
{
    /// <summary>Which writes a read sees.</summary>
    public ReadConcern ReadConcern { get; set; }

    /// <summary>Which servers are read from.</summary>
    public ReadPreference ReadPreference { get; set; }

    /// <summary>When a write counts as done.</summary>
    public WriteConcern WriteConcern { get; set; }

    /// <summary>A copy.</summary>
    public MongoCollectionSettings Clone() => (MongoCollectionSettings)MemberwiseClone();

    internal MongoCollectionSettings Or(ReadConcern readConcern, ReadPreference readPreference, WriteConcern writeConcern)
    {
        return new MongoCollectionSettings
        {
            ReadConcern = ReadConcern ?? readConcern,
            ReadPreference = ReadPreference ?? readPreference,
            WriteConcern = WriteConcern ?? writeConcern,
        };
    }
}
