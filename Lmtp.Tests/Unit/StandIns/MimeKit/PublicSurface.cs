using System.Reflection;

namespace Lmtp.Tests.Unit.StandIns.MimeKit;

/// <summary>Describes what callers of a type see, one line a member.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Describe(Type type) => type.GetMembers(Declared)
        .Select(Describe)
        .OfType<string>()
        .Prepend(Declaration(type))
        .Select(line => $"{type.FullName} | {line}");

    private static string Declaration(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        var modifiers = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) when !type.IsInterface => "abstract ",
            (false, true) when !type.IsValueType => "sealed ",
            _ => string.Empty,
        };
        return $"{modifiers}{kind} : {type.BaseType?.FullName}";
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsSeen(constructor) => $"new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsSeen(method) && method.GetBaseDefinition() == method =>
            $"{Modifiers(method)}{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsSeen) => Describe(property),
        FieldInfo { IsPublic: true, IsSpecialName: false } field =>
            $"field {Name(field.FieldType)} {field.Name}{(field.IsLiteral && !field.DeclaringType!.IsEnum ? $" = {field.GetRawConstantValue()}" : string.Empty)}",
        _ => null,
    };

    private static string Describe(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsSeen)
            .Select(static accessor => accessor.Name[..3])
            .Order(StringComparer.Ordinal);
        var index = string.Join(", ", property.GetIndexParameters().Select(static parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));
        return $"{Name(property.PropertyType)} {property.Name}[{index}] {{ {string.Join(' ', accessors)} }}";
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily;

    private static string Modifiers(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => string.Empty,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(static parameter =>
        $"{(parameter.IsOut ? "out " : string.Empty)}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "default"}" : string.Empty)}"));

    private static string Name(Type type) => type.ToString();
}
