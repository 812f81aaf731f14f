using MongoDB.Bson;

namespace MongoDB.Driver.Operations;

/// <summary>Reads what an answer says of an unmet write concern.</summary>
internal static class WriteConcernErrors
{
    public static WriteConcernError Read(BsonDocument reply)
    {
        if (reply.GetValue("writeConcernError", BsonNull.Value) is not BsonDocument error)
        {
            return null;
        }

        var labels = (reply.GetValue("errorLabels", BsonNull.Value) as BsonArray ?? []).Select(label => label.AsString).ToList();
        return new WriteConcernError(
            error.GetValue("code", 0).ToInt32(),
            (error.GetValue("codeName", BsonNull.Value) as BsonString)?.Value,
            error.GetValue("errmsg", "").AsString,
            error.GetValue("errInfo", BsonNull.Value) as BsonDocument,
            labels);
    }

    /// <summary>Throws for commands that change one document and return it.</summary>
    public static void ThrowIfAny(CommandContext context, RawBsonDocument reply)
    {
        if (reply.TryGetValue("writeConcernError", out _))
        {
            var result = reply.Materialize(null);
            var error = Read(result);
            throw new MongoWriteConcernException(context.Connection.Id, error.Message, new WriteConcernResult(result));
        }
    }
}
