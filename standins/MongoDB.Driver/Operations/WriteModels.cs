using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.WriteModel&lt;TDocument&gt;: one request of a bulk write.</summary>
public abstract class WriteModel<TDocument>
{
    private protected WriteModel()
    {
    }

    /// <summary>The command that carries it: insert, update or delete.</summary>
    internal abstract string CommandName { get; }

    /// <summary>What stands for it in that command's document sequence.</summary>
    internal abstract byte[] Encode();
}

/// <summary>Mirrors MongoDB.Driver.InsertOneModel&lt;TDocument&gt;.</summary>
public sealed class InsertOneModel<TDocument>(TDocument document) : WriteModel<TDocument>
{
    public TDocument Document { get; } = document;

    internal override string CommandName => "insert";

    internal override byte[] Encode() => DocumentCodec<TDocument>.Encode(Document);
}

/// <summary>Mirrors MongoDB.Driver.UpdateOneModel&lt;TDocument&gt;.</summary>
public sealed class UpdateOneModel<TDocument>(FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update) : WriteModel<TDocument>
{
    public FilterDefinition<TDocument> Filter { get; } = filter;

    public BsonValue Hint { get; set; }

    public bool IsUpsert { get; set; }

    public UpdateDefinition<TDocument> Update { get; } = update;

    internal override string CommandName => "update";

    internal override byte[] Encode() => UpdateStatement.Encode(Filter.Render(), Update.Render(), multi: false, IsUpsert, Hint);
}

/// <summary>Mirrors MongoDB.Driver.UpdateManyModel&lt;TDocument&gt;.</summary>
public sealed class UpdateManyModel<TDocument>(FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update) : WriteModel<TDocument>
{
    public FilterDefinition<TDocument> Filter { get; } = filter;

    public BsonValue Hint { get; set; }

    public bool IsUpsert { get; set; }

    public UpdateDefinition<TDocument> Update { get; } = update;

    internal override string CommandName => "update";

    internal override byte[] Encode() => UpdateStatement.Encode(Filter.Render(), Update.Render(), multi: true, IsUpsert, Hint);
}

/// <summary>Mirrors MongoDB.Driver.ReplaceOneModel&lt;TDocument&gt;.</summary>
public sealed class ReplaceOneModel<TDocument>(FilterDefinition<TDocument> filter, TDocument replacement) : WriteModel<TDocument>
{
    public FilterDefinition<TDocument> Filter { get; } = filter;

    public BsonValue Hint { get; set; }

    public bool IsUpsert { get; set; }

    public TDocument Replacement { get; } = replacement;

    internal override string CommandName => "update";

    internal override byte[] Encode() =>
        UpdateStatement.Encode(Filter.Render(), DocumentCodec<TDocument>.ToDocument(Replacement), multi: false, IsUpsert, Hint);
}

/// <summary>Mirrors MongoDB.Driver.DeleteOneModel&lt;TDocument&gt;.</summary>
public sealed class DeleteOneModel<TDocument>(FilterDefinition<TDocument> filter) : WriteModel<TDocument>
{
    public FilterDefinition<TDocument> Filter { get; } = filter;

    public BsonValue Hint { get; set; }

    internal override string CommandName => "delete";

    internal override byte[] Encode() => DeleteStatement.Encode(Filter.Render(), limit: 1, Hint);
}

/// <summary>Mirrors MongoDB.Driver.DeleteManyModel&lt;TDocument&gt;.</summary>
public sealed class DeleteManyModel<TDocument>(FilterDefinition<TDocument> filter) : WriteModel<TDocument>
{
    public FilterDefinition<TDocument> Filter { get; } = filter;

    public BsonValue Hint { get; set; }

    internal override string CommandName => "delete";

    internal override byte[] Encode() => DeleteStatement.Encode(Filter.Render(), limit: 0, Hint);
}
