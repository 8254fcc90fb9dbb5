/** Mozilla's list of the passwords that occurred most often in leaks: 50,000, none under 8 characters. */
declare module "fxa-common-password-list" {
  const list: { test(password: string): boolean };
  export default list;
}
