export { Loading as default } from "@/components/ui/page/skeleton";
