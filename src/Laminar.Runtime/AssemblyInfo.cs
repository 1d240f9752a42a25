using System.Runtime.CompilerServices;
using Laminar;

[assembly: LaminarHost(typeof(LaminarRuntime))]
[assembly: InternalsVisibleTo("Laminar.Runtime.Tests")]
[assembly: InternalsVisibleTo("Laminar.Bench")]
