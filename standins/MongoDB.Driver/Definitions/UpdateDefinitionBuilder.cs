using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.UpdateDefinitionBuilder&lt;TDocument&gt; for fields named by strings.</summary>
public sealed class UpdateDefinitionBuilder<TDocument>
{
    internal UpdateDefinitionBuilder()
    {
    }

    public UpdateDefinition<TDocument> AddToSet<TItem>(FieldDefinition<TDocument> field, TItem value) => Operator("$addToSet", field.Name, value);

    public UpdateDefinition<TDocument> AddToSetEach<TItem>(FieldDefinition<TDocument> field, IEnumerable<TItem> values) =>
        Operator("$addToSet", field.Name, Each(values));

    public UpdateDefinition<TDocument> Combine(params UpdateDefinition<TDocument>[] updates) => Combine((IEnumerable<UpdateDefinition<TDocument>>)updates);

    /// <summary>One update document; a field that is changed twice by the same operator keeps the last change.</summary>
    public UpdateDefinition<TDocument> Combine(IEnumerable<UpdateDefinition<TDocument>> updates)
    {
        var combined = new BsonDocument();
        foreach (var update in updates)
        {
            foreach (var part in update.Render().AsBsonDocument)
            {
                if (combined.TryGetValue(part.Name, out var existing) && existing is BsonDocument fields)
                {
                    fields.Merge(part.Value.AsBsonDocument, overwriteExistingElements: true);
                }
                else
                {
                    combined[part.Name] = part.Value.DeepClone();
                }
            }
        }

        return combined;
    }

    public UpdateDefinition<TDocument> CurrentDate(FieldDefinition<TDocument> field) => Operator("$currentDate", field.Name, true);

    public UpdateDefinition<TDocument> Inc<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$inc", field.Name, value);

    public UpdateDefinition<TDocument> Max<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$max", field.Name, value);

    public UpdateDefinition<TDocument> Min<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$min", field.Name, value);

    public UpdateDefinition<TDocument> Mul<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$mul", field.Name, value);

    public UpdateDefinition<TDocument> Pipeline(PipelineDefinition<TDocument, TDocument> pipeline) => new PipelineUpdateDefinition<TDocument>(pipeline);

    public UpdateDefinition<TDocument> PopFirst(FieldDefinition<TDocument> field) => Operator("$pop", field.Name, -1);

    public UpdateDefinition<TDocument> PopLast(FieldDefinition<TDocument> field) => Operator("$pop", field.Name, 1);

    public UpdateDefinition<TDocument> Pull<TItem>(FieldDefinition<TDocument> field, TItem value) => Operator("$pull", field.Name, value);

    public UpdateDefinition<TDocument> PullAll<TItem>(FieldDefinition<TDocument> field, IEnumerable<TItem> values) =>
        Operator("$pullAll", field.Name, new BsonArray(values.Select(value => BsonValue.Create(value))));

    public UpdateDefinition<TDocument> PullFilter<TItem>(FieldDefinition<TDocument> field, FilterDefinition<TItem> filter) =>
        Operator("$pull", field.Name, filter.Render());

    public UpdateDefinition<TDocument> Push<TItem>(FieldDefinition<TDocument> field, TItem value) => Operator("$push", field.Name, value);

    public UpdateDefinition<TDocument> PushEach<TItem>(
        FieldDefinition<TDocument> field,
        IEnumerable<TItem> values,
        int? slice = null,
        int? position = null,
        SortDefinition<TItem> sort = null)
    {
        var push = Each(values);
        push.Add("$slice", () => slice.Value, slice is not null);
        push.Add("$position", () => position.Value, position is not null);
        push.Add("$sort", () => sort.Render(), sort is not null);
        return Operator("$push", field.Name, push);
    }

    public UpdateDefinition<TDocument> Rename(FieldDefinition<TDocument> field, string newName) => Operator("$rename", field.Name, newName);

    public UpdateDefinition<TDocument> Set<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator("$set", field.Name, value);

    public UpdateDefinition<TDocument> SetOnInsert<TField>(FieldDefinition<TDocument, TField> field, TField value) =>
        Operator("$setOnInsert", field.Name, value);

    public UpdateDefinition<TDocument> Unset(FieldDefinition<TDocument> field) => Operator("$unset", field.Name, 1);

    private static BsonDocument Each<TItem>(IEnumerable<TItem> values) =>
        new("$each", new BsonArray(values.Select(value => BsonValue.Create(value))));

    private static UpdateDefinition<TDocument> Operator<TValue>(string name, string field, TValue value) =>
        new BsonDocument(name, new BsonDocument(field, BsonValue.Create(value)));
}
