import { readFileSync } from "node:fs";
import path from "node:path";
import type { DatabaseRole } from "./address";
import type { Asking } from "./settings";

/** Every grant, policy and trigger that the migrations make, a statement each. */
export const ACCESS_FILE = path.resolve("prisma", "access.sql");

/**
 * Row-level security, policies, grants and triggers of the schema `public` as the statements that
 * would make them, the application's roles under their names in code. Grants and policies of others
 * are the operator's own affair; those of everybody count.
 */
const AS_STATEMENTS = `
  WITH role AS (
    SELECT 0::oid AS oid, 'PUBLIC' AS name
    UNION ALL SELECT oid, 'goodword_app' FROM pg_roles WHERE rolname = $1
    UNION ALL SELECT oid, 'goodword_gate' FROM pg_roles WHERE rolname = $2
  ),
  relation AS (
    SELECT c.oid, format('%I', c.relname) AS name, c.relkind, c.relowner, c.relacl,
      c.relrowsecurity, c.relforcerowsecurity
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
  )
  SELECT format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name) AS statement
  FROM relation WHERE relrowsecurity
  UNION ALL
  SELECT format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', name)
  FROM relation WHERE relkind IN ('r', 'p') AND NOT relforcerowsecurity
  UNION ALL
  SELECT format('CREATE POLICY %I ON %s%s FOR %s TO %s', p.polname, r.name,
      CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END,
      CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
        WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
      (SELECT string_agg(name, ', ' ORDER BY name) FROM role WHERE role.oid = ANY (p.polroles)))
    || COALESCE(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
    || COALESCE(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
  FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
  WHERE EXISTS (SELECT FROM role WHERE role.oid = ANY (p.polroles))
  UNION ALL
  SELECT format('GRANT %s ON %s%s TO %s',
      string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type),
      CASE WHEN r.relkind = 'S' THEN 'SEQUENCE ' ELSE '' END, r.name, role.name)
  FROM relation r, aclexplode(r.relacl) a JOIN role ON role.oid = a.grantee
  WHERE a.grantee <> r.relowner GROUP BY r.name, r.relkind, role.name
  UNION ALL
  SELECT format('GRANT %s (%s) ON %s TO %s', a.privilege_type,
      string_agg(format('%I', c.attname), ', ' ORDER BY c.attname), r.name, role.name)
  FROM relation r JOIN pg_attribute c ON c.attrelid = r.oid AND NOT c.attisdropped,
    aclexplode(c.attacl) a JOIN role ON role.oid = a.grantee
  GROUP BY a.privilege_type, r.name, role.name
  UNION ALL
  SELECT CASE WHEN t.tgenabled = 'D'
    THEN format('ALTER TABLE %s DISABLE TRIGGER %I', r.name, t.tgname)
    ELSE pg_get_triggerdef(t.oid) END
  FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
  UNION ALL
  SELECT format('GRANT EXECUTE ON FUNCTION %s TO %s', f.oid::regprocedure, role.name)
  FROM pg_proc f, aclexplode(f.proacl) a JOIN role ON role.oid = a.grantee
  WHERE f.pronamespace = 'public'::regnamespace AND role.name <> 'PUBLIC'
  UNION ALL
  SELECT format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.oid::regprocedure)
  FROM pg_proc f
  WHERE f.pronamespace = 'public'::regnamespace AND f.proacl IS NOT NULL
    AND NOT EXISTS (SELECT FROM aclexplode(f.proacl) WHERE grantee = 0)
  UNION ALL
  SELECT format('GRANT %s ON SCHEMA public TO %s',
      string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type), role.name)
  FROM pg_namespace n, aclexplode(n.nspacl) a JOIN role ON role.oid = a.grantee
  WHERE n.oid = 'public'::regnamespace AND role.name <> 'PUBLIC' GROUP BY role.name`;

/** Who may do what in this database, as statements in the order of their text. */
export async function accessOf(
  connection: Asking,
  names: Record<DatabaseRole, string>,
): Promise<string[]> {
  const { rows } = await connection.query<{ statement: string }>(AS_STATEMENTS, [
    names.goodword_app,
    names.goodword_gate,
  ]);
  return rows.map(({ statement }) => statement).sort();
}

/** What the migrations of this build make; null where it was deployed without their folder. */
export function expectedAccess(file = ACCESS_FILE): string[] | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return null;
    throw error;
  }
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("--"))
    .map((line) => line.replace(/;$/, ""));
}

/** What is missing here, and what is here that no migration makes. */
export function accessDifference(
  expected: readonly string[],
  found: readonly string[],
): { missing: string[]; surplus: string[] } {
  const [wanted, there] = [new Set(expected), new Set(found)];
  return {
    missing: expected.filter((statement) => !there.has(statement)),
    surplus: found.filter((statement) => !wanted.has(statement)),
  };
}

/** A statement that is written for the names in code, for the names of an installation. */
export function forRoles(statement: string, names: Record<DatabaseRole, string>): string {
  return statement
    .replaceAll(/\bgoodword_app\b/g, names.goodword_app)
    .replaceAll(/\bgoodword_gate\b/g, names.goodword_gate);
}
