using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Lmtp.Tests.Unit.Architecture;

/// <summary>Which top-level folders (second-level namespaces) of an assembly use which others, read from its code.</summary>
internal sealed class FolderReferences
{
    private readonly string _root;
    private readonly SortedSet<(string From, string To, string Type)> _references = [];

    private FolderReferences(string root) => _root = root;

    public static IReadOnlyCollection<(string From, string To, string Type)> Of(string assemblyPath, string rootNamespace)
    {
        var references = new FolderReferences(rootNamespace);
        using var module = ModuleDefinition.ReadModule(assemblyPath);
        foreach (var type in module.GetAllTypes())
        {
            references.AddType(type);
        }

        return references._references;
    }

    /// <summary>The namespaces outside the assembly that a folder's code touches.</summary>
    public static IReadOnlyCollection<string> ForeignNamespaces(string assemblyPath, string folderNamespace)
    {
        using var module = ModuleDefinition.ReadModule(assemblyPath);
        var found = new SortedSet<string>();
        foreach (var type in module.GetAllTypes().Where(type => Outermost(type).Namespace.StartsWith(folderNamespace, StringComparison.Ordinal)))
        {
            foreach (var used in TypesUsedBy(type))
            {
                found.Add(used.Namespace);
            }
        }

        return found;
    }

    private void AddType(TypeDefinition type)
    {
        if (Folder(Outermost(type).Namespace) is not { } from)
        {
            return;
        }

        foreach (var used in TypesUsedBy(type))
        {
            if (Folder(Outermost(used).Namespace) is { } to && to != from)
            {
                _references.Add((from, to, Outermost(type).Name));
            }
        }
    }

    private static IEnumerable<TypeReference> TypesUsedBy(TypeDefinition type)
    {
        var used = new List<TypeReference?> { type.BaseType };
        used.AddRange(type.Interfaces.Select(implemented => implemented.InterfaceType));
        used.AddRange(type.Fields.Select(field => field.FieldType));
        foreach (var method in type.Methods)
        {
            used.Add(method.ReturnType);
            used.AddRange(method.Parameters.Select(parameter => parameter.ParameterType));
            if (method.HasBody)
            {
                used.AddRange(method.Body.Variables.Select(variable => variable.VariableType));
                used.AddRange(method.Body.Instructions.SelectMany(instruction => Operands(instruction.Operand)));
            }
        }

        return used.OfType<TypeReference>().SelectMany(Flatten);
    }

    private static IEnumerable<TypeReference> Operands(object? operand) => operand switch
    {
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)],
        FieldReference field => [field.DeclaringType, field.FieldType],
        TypeReference type => [type],
        _ => [],
    };

    private static IEnumerable<TypeReference> Flatten(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Flatten).Append(generic.ElementType),
        TypeSpecification specification => Flatten(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    private string? Folder(string typeNamespace) =>
        typeNamespace.StartsWith(_root + ".", StringComparison.Ordinal) ? typeNamespace[(_root.Length + 1)..].Split('.')[0] : null;
}
