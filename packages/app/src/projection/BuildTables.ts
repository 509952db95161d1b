import {
  IdentifierNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type RawBuilder,
  type RootOperationNode,
  type SchemableIdentifierNode,
  sql,
} from "kysely"
import { payfoldSchemaName } from "../postgres/payfoldSchemaName.ts"

/** The name of a table in one build: `payments__7`. */
export function buildTableName(table: string, build: number): string {
  return `${table}__${build}`
}

/** The table of a build, for an `sql` template. */
export function buildTable(table: string, build: number): RawBuilder<unknown> {
  return sql.id(payfoldSchemaName, buildTableName(table, build))
}

/** The view of a table, for an `sql` template. */
export function viewNamed(table: string): RawBuilder<unknown> {
  return sql.id(payfoldSchemaName, table)
}

/** Lets a query speak of a projection's tables by their names and reach those of one build. No alias or CTE may have such a name. */
export class BuildTables implements KyselyPlugin {
  private readonly transformer: OperationNodeTransformer

  constructor(tables: ReadonlyArray<string>, build: number) {
    this.transformer = new Renaming(new Set(tables), build)
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    return this.transformer.transformNode(node, queryId)
  }

  async transformResult<Rows>({ result }: { readonly result: Rows }): Promise<Rows> {
    return result
  }
}

class Renaming extends OperationNodeTransformer {
  private readonly tables: ReadonlySet<string>
  private readonly build: number

  constructor(tables: ReadonlySet<string>, build: number) {
    super()
    this.tables = tables
    this.build = build
  }

  protected override transformSchemableIdentifier(node: SchemableIdentifierNode): SchemableIdentifierNode {
    const { name } = node.identifier
    const isOurs = node.schema === undefined || node.schema.name === payfoldSchemaName
    if (!isOurs || !this.tables.has(name)) return node
    return {
      ...node,
      schema: IdentifierNode.create(payfoldSchemaName),
      identifier: IdentifierNode.create(buildTableName(name, this.build)),
    }
  }
}
