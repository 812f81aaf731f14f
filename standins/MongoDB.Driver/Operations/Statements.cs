using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>One element of the update command's "updates".</summary>
internal static class UpdateStatement
{
    public static byte[] Encode(BsonDocument filter, BsonValue update, bool multi, bool upsert, BsonValue hint)
    {
        var statement = new BsonDocument { { "q", filter }, { "u", update } };
        statement.Add("multi", true, multi);
        statement.Add("upsert", true, upsert);
        statement.Add("hint", hint, hint is not null);
        return statement.ToBson();
    }
}

/// <summary>One element of the delete command's "deletes".</summary>
internal static class DeleteStatement
{
    public static byte[] Encode(BsonDocument filter, int limit, BsonValue hint)
    {
        var statement = new BsonDocument { { "q", filter }, { "limit", limit } };
        statement.Add("hint", hint, hint is not null);
        return statement.ToBson();
    }
}
