using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Makes changes.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class UpdateDefinitionBuilder<TDocument>
{
    /// <summary>Several changes as one.</summary>
    public UpdateDefinition<TDocument> Combine(params UpdateDefinition<TDocument>[] updates) => Combine((IEnumerable<UpdateDefinition<TDocument>>)updates);

    /// <summary>Several changes as one.</summary>
    public UpdateDefinition<TDocument> Combine(IEnumerable<UpdateDefinition<TDocument>> updates) => new CombinedUpdateDefinition<TDocument>(updates);

    /// <summary>A change by a pipeline.</summary>
    public UpdateDefinition<TDocument> Pipeline(PipelineDefinition<TDocument, TDocument> pipeline) => new PipelineUpdateDefinition<TDocument>(pipeline);

    /// <summary>Adds to a number.</summary>
    public UpdateDefinition<TDocument> Inc<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$inc", field.FieldName, BsonValue.Create(value));

    /// <summary>Raises to at least the value.</summary>
    public UpdateDefinition<TDocument> Max<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$max", field.FieldName, BsonValue.Create(value));

    /// <summary>Lowers to at most the value.</summary>
    public UpdateDefinition<TDocument> Min<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$min", field.FieldName, BsonValue.Create(value));

    /// <summary>Multiplies a number.</summary>
    public UpdateDefinition<TDocument> Mul<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$mul", field.FieldName, BsonValue.Create(value));

    /// <summary>Sets a field.</summary>
    public UpdateDefinition<TDocument> Set<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$set", field.FieldName, BsonValue.Create(value));

    /// <summary>Sets a field of a document that an upsert inserts.</summary>
    public UpdateDefinition<TDocument> SetOnInsert<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$setOnInsert", field.FieldName, BsonValue.Create(value));

    /// <summary>Combines bits.</summary>
    public UpdateDefinition<TDocument> BitwiseAnd<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$bit", field.FieldName, new BsonDocument("and", BsonValue.Create(value)));

    /// <summary>Combines bits.</summary>
    public UpdateDefinition<TDocument> BitwiseOr<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$bit", field.FieldName, new BsonDocument("or", BsonValue.Create(value)));

    /// <summary>Combines bits.</summary>
    public UpdateDefinition<TDocument> BitwiseXor<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$bit", field.FieldName, new BsonDocument("xor", BsonValue.Create(value)));

    /// <summary>Adds a value that the array lacks.</summary>
    public UpdateDefinition<TDocument> AddToSet<TItem>(FieldDefinition<TDocument> field, TItem value) => Operator("$addToSet", field.FieldName, BsonValue.Create(value));

    /// <summary>Adds the values that the array lacks.</summary>
    public UpdateDefinition<TDocument> AddToSetEach<TItem>(FieldDefinition<TDocument> field, IEnumerable<TItem> values) => Operator("$addToSet", field.FieldName, new BsonDocument("$each", ArrayOf(values)));

    /// <summary>Sets a field to the time of the server.</summary>
    public UpdateDefinition<TDocument> CurrentDate(FieldDefinition<TDocument> field, UpdateDefinitionCurrentDateType? type = null) => Operator("$currentDate", field.FieldName, type is null ? BsonBoolean.True : new BsonDocument("$type", type == UpdateDefinitionCurrentDateType.Date ? "date" : "timestamp"));

    /// <summary>Removes the first element of an array.</summary>
    public UpdateDefinition<TDocument> PopFirst(FieldDefinition<TDocument> field) => Operator("$pop", field.FieldName, -1);

    /// <summary>Removes the last element of an array.</summary>
    public UpdateDefinition<TDocument> PopLast(FieldDefinition<TDocument> field) => Operator("$pop", field.FieldName, 1);

    /// <summary>Removes a value from an array.</summary>
    public UpdateDefinition<TDocument> Pull<TItem>(FieldDefinition<TDocument> field, TItem value) => Operator("$pull", field.FieldName, BsonValue.Create(value));

    /// <summary>Removes values from an array.</summary>
    public UpdateDefinition<TDocument> PullAll<TItem>(FieldDefinition<TDocument> field, IEnumerable<TItem> values) => Operator("$pullAll", field.FieldName, ArrayOf(values));

    /// <summary>Removes the elements that fulfil the conditions.</summary>
    public UpdateDefinition<TDocument> PullFilter<TItem>(FieldDefinition<TDocument> field, FilterDefinition<TItem> filter) => Operator("$pull", field.FieldName, filter.Render(RenderArgs<TItem>.Default));

    /// <summary>Appends a value to an array.</summary>
    public UpdateDefinition<TDocument> Push<TItem>(FieldDefinition<TDocument> field, TItem value) => Operator("$push", field.FieldName, BsonValue.Create(value));

    /// <summary>Appends values to an array.</summary>
    public UpdateDefinition<TDocument> PushEach<TItem>(FieldDefinition<TDocument> field, IEnumerable<TItem> values, int? slice = null, int? position = null, SortDefinition<TItem> sort = null) => Operator(
            "$push",
            field.FieldName,
            new BsonDocument("$each", ArrayOf(values))
                .Add("$slice", slice, slice.HasValue)
                .Add("$position", position, position.HasValue)
                .Add("$sort", () => sort.Render(RenderArgs<TItem>.Default), sort is not null));

    /// <summary>Renames a field.</summary>
    public UpdateDefinition<TDocument> Rename(FieldDefinition<TDocument> field, string newName) => Operator("$rename", field.FieldName, newName);

    /// <summary>Removes a field.</summary>
    public UpdateDefinition<TDocument> Unset(FieldDefinition<TDocument> field) => Operator("$unset", field.FieldName, 1);

    private static BsonDocumentUpdateDefinition<TDocument> Operator(string name, string field, BsonValue value)
    {
        return new BsonDocumentUpdateDefinition<TDocument>(new BsonDocument(name, new BsonDocument(field, value)));
    }

    private static BsonArray ArrayOf<T>(IEnumerable<T> values) => new(values.Select(value => BsonValue.Create(value)));
}
