/** Mozilla's list of the 50,000 passwords of 8 and more characters that leaked most often. */
declare module "fxa-common-password-list" {
  const list: { test(password: string): boolean };
  export default list;
}
